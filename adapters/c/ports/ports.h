/*
 * ports.h - what the handlers of one mechanism offer to the table in main.c.
 */
#ifndef PORTS_H
#define PORTS_H

#include "../kernspec.h"

/* A handler, named after the operation that it answers. */
typedef void port_method(const struct ks_value *args);

port_method checksum_compute, checksum_update;

port_method csum_port_machine, csum_port_partial, csum_port_block_add, csum_port_fold,
	csum_port_tcpudp_nofold, csum_port_tcpudp_magic;

port_method transport_checksum_send, transport_checksum_receive;
void transport_checksum_reset(void);

port_method notifier_register, notifier_unregister, notifier_call, notifier_register_together;
void notifier_reset(void);

port_method skb_port_alloc, skb_port_dev_alloc, skb_port_reserve, skb_port_put, skb_port_push,
	skb_port_pull, skb_port_trim, skb_port_layout, skb_port_contents, skb_port_memory,
	skb_port_write;

port_method sharing_get, sharing_free, sharing_state, sharing_clone, sharing_copy,
	sharing_share_check, sharing_unshare, sharing_cow, sharing_realloc_headroom,
	sharing_expand_head;

port_method queue_head, queue_tail, queue_insert, queue_append, queue_unlink, queue_dequeue,
	queue_dequeue_tail, queue_peek, queue_peek_tail, queue_purge, queue_walk, queue_list_of,
	queue_use_together;
void queue_reset(void);

port_method paged_add_fragment, paged_may_pull, paged_linearize, paged_copy_linear_part;

port_method headers_mark, headers_where, headers_view;

port_method fields_list, fields_set, fields_get, fields_tcp_receive, fields_tcp_control_block,
	fields_ip_control_block;
void fields_reset(void);

port_method jiffies_boot, jiffies_advance, jiffies_compare;
void jiffies_reset(bool linux_clock);

port_method timer_boot, timer_init, timer_add, timer_mod, timer_del, timer_port_pending, timer_tick;
void timer_reset(void);

port_method callout_boot, callout_define, callout_timeout, callout_untimeout, callout_hardclock,
	callout_softclock;
void callout_reset(void);
port_method softirq_play, tasklet_play;

port_method semaphore_init, semaphore_down, semaphore_down_interruptible, semaphore_down_trylock,
	semaphore_up, semaphore_count, semaphore_signal;
void semaphore_reset(void);

port_method input_queue_netif_rx, input_queue_net_rx_action, input_queue_stat, receive_path_offer;
void input_queue_reset(void);

port_method pipe_port_create, pipe_port_read, pipe_port_write, pipe_port_dup, pipe_port_close,
	pipe_port_lseek, pipe_port_ready;
port_method fifo_port_make, fifo_port_unlink, fifo_port_open;
void pipe_reset(void);

port_method terminal_settings, terminal_set, terminal_receive, terminal_read, terminal_write,
	terminal_output, terminal_signals, terminal_ready, terminal_advance, terminal_sent,
	terminal_drain;
void terminal_reset(const char *profile);

port_method descriptor_limit, descriptor_open, descriptor_pipe, descriptor_dup, descriptor_dup2,
	descriptor_close, descriptor_fork, descriptor_exit, descriptor_read, descriptor_write,
	descriptor_lseek, descriptor_ioctl, descriptor_set_flags;
void descriptor_reset(void);

port_method device_register, device_arrive, device_take, device_routines;
void device_reset(void);

port_method select_select;

/* Function names entered since tracing began, for operations that report them. */
void trace_begin(void);
void trace_put(const char *name);

#endif
