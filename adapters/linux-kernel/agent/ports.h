/*
 * ports.h - the operations by port; main.c names them.
 */
#ifndef PORTS_H
#define PORTS_H

#include "kernspec.h"

extern const struct ks_operation checksum_operations[];
extern const struct ks_operation transport_operations[];
extern const struct ks_operation chain_operations[];
extern const struct ks_operation skb_operations[];
extern const struct ks_operation headers_operations[];
extern const struct ks_operation sharing_operations[];
extern const struct ks_operation queue_operations[];
extern const struct ks_operation sleeping_operations[];
extern const struct ks_operation timer_operations[];
extern const struct ks_operation softirq_operations[];
extern const struct ks_operation spin_operations[];
extern const struct ks_operation rcu_operations[];

/* Asks after a task that slept. */
void sleeping_poll(const char *task);

/* Whether the kernel gives the known answers, of each capability that is offered. */
bool checksum_works(void);
bool csum_works(void);
bool transport_works(void);
bool chain_works(void);
bool skb_works(void);
bool sharing_works(void);
bool queue_works(void);
bool semaphore_works(void);
bool wait_queue_works(void);
bool jiffies_works(void);
bool timer_works(void);
bool softirq_works(void);
bool spin_works(void);
bool rcu_works(void);

#endif
