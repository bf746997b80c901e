/*
 * mailboxes.h - a look into the mailboxes that lwIP leaves its messages in.
 */
#ifndef LWIP_MAILBOXES_H
#define LWIP_MAILBOXES_H

struct sys_mbox;

/* How many messages wait in it; none where there is no mailbox. */
int mailbox_count(const struct sys_mbox *box);

/* The one that is taken next, or NULL. It stays. */
void *mailbox_first(const struct sys_mbox *box);

#endif
