/* SPDX-License-Identifier: (GPL-2.0 OR Apache-2.0) */
/*
 * kspec.h - what the agent asks of the module: one ioctl, one call, one result.
 *
 * Both sides are built together, so there are no versions. A call has some numbers and some octets, a
 * result likewise; what they mean stands beside each operation.
 */
#ifndef KSPEC_H
#define KSPEC_H

#include <linux/ioctl.h>
#include <linux/types.h>

#define KSPEC_DEVICE "/dev/kspec"

#define KSPEC_NAME_SIZE 40
#define KSPEC_REASON_SIZE 160
#define KSPEC_OCTETS_MAX (1024 * 1024)

enum kspec_op {
	KSPEC_RESET, /* forgets every chain, buffer, queue ... */

	KSPEC_CSUM_COMPUTE,   /* octets -> checksum, as it lies in memory */
	KSPEC_CSUM_REPLACE,   /* checksum, before, after, as they lie in memory -> checksum */
	KSPEC_CSUM_PARTIAL,   /* sum, routine; octets -> sum */
	KSPEC_CSUM_BLOCK_ADD, /* sum, addend, offset -> sum */
	KSPEC_CSUM_FOLD,      /* sum -> checksum */
	KSPEC_CSUM_NOFOLD,    /* saddr, daddr, length, protocol, sum -> sum */
	KSPEC_CSUM_MAGIC,     /* the same -> checksum */

	/*
	 * protocol, saddr, daddr, whether the device sums, length of the segment; the segment, then what csum is the
	 * sum of -> check, whether the device is to sum, offset, octets summed, length of the segment; the segment
	 * as it leaves, then the numbers of routines entered
	 */
	KSPEC_TRANSPORT_SEND,
	/* protocol, saddr, daddr, what the device knows, length; the same -> accepted, octets summed, errors */
	KSPEC_TRANSPORT_RECEIVE,

	KSPEC_CHAIN_REGISTER,   /* struct kspec_block, then its actions */
	KSPEC_CHAIN_UNREGISTER, /* struct kspec_block, of which only the names count */
	KSPEC_CHAIN_CALL,       /* event; struct kspec_block -> result; struct kspec_heard each */

	KSPEC_SKB_ALLOC,     /* size -> handle */
	KSPEC_SKB_DEV_ALLOC, /* size -> handle */
	KSPEC_SKB_RESERVE,   /* handle, length */
	KSPEC_SKB_PUT,       /* handle; octets -> position */
	KSPEC_SKB_PUSH,      /* handle; octets -> position */
	KSPEC_SKB_PULL,      /* handle, length -> position, or -1 for NULL */
	KSPEC_SKB_TRIM,      /* handle, length */
	KSPEC_SKB_LAYOUT,    /* handle -> data, tail, end, len, data_len, headroom, tailroom */
	KSPEC_SKB_CONTENTS,  /* handle -> octets */
	KSPEC_SKB_MEMORY,    /* handle, from, length -> octets */
	KSPEC_SKB_WRITE,     /* handle, offset; octets */

	KSPEC_SKB_GET,              /* handle */
	KSPEC_SKB_FREE,             /* handle -> descriptor freed, data freed */
	KSPEC_SKB_STATE,            /* handle -> cloned, shared, users, dataref */
	KSPEC_SKB_CLONE,            /* handle -> handle */
	KSPEC_SKB_COPY,             /* handle -> handle */
	KSPEC_SKB_SHARE_CHECK,      /* handle -> handle */
	KSPEC_SKB_UNSHARE,          /* handle -> handle */
	KSPEC_SKB_COW,              /* handle, headroom */
	KSPEC_SKB_REALLOC_HEADROOM, /* handle, headroom -> handle */
	KSPEC_SKB_EXPAND_HEAD,      /* handle, headroom, tailroom */

	KSPEC_SKB_ADD_FRAGMENT, /* handle; octets */
	KSPEC_SKB_MAY_PULL,     /* handle, length -> whether it may */
	KSPEC_SKB_LINEARIZE,    /* handle */
	KSPEC_SKB_COPY_LINEAR,  /* handle -> handle */

	KSPEC_SKB_MARK,  /* handle, header: 0 transport, 1 network, 2 link layer */
	KSPEC_SKB_WHERE, /* handle -> each header's position, or -1 */

	KSPEC_QUEUE_HEAD,         /* handle; queue */
	KSPEC_QUEUE_TAIL,         /* handle; queue */
	KSPEC_QUEUE_INSERT,       /* handle on a list, handle */
	KSPEC_QUEUE_APPEND,       /* handle on a list, handle */
	KSPEC_QUEUE_UNLINK,       /* handle */
	KSPEC_QUEUE_DEQUEUE,      /* queue -> handle, or 0 */
	KSPEC_QUEUE_DEQUEUE_TAIL, /* queue -> handle, or 0 */
	KSPEC_QUEUE_PEEK,         /* queue -> handle, or 0 */
	KSPEC_QUEUE_PEEK_TAIL,    /* queue -> handle, or 0 */
	KSPEC_QUEUE_PURGE,        /* queue */
	KSPEC_QUEUE_WALK,         /* queue -> qlen, buffers forward; handles forward, then backward */
	KSPEC_QUEUE_OF,           /* handle -> the queue's name */

	/* Tasks: -> whether the call is over, and its errno. */
	KSPEC_TASK_POLL,   /* task */
	KSPEC_TASK_SIGNAL, /* task */
	KSPEC_TASK_WOKEN,  /* -> struct kspec_heard each, of which only the names count */

	KSPEC_SEMAPHORE_INIT,            /* count; semaphore */
	KSPEC_SEMAPHORE_DOWN,            /* interruptible; task, semaphore */
	KSPEC_SEMAPHORE_DOWN_IN_HANDLER, /* interruptible; semaphore */
	KSPEC_SEMAPHORE_TRYLOCK,         /* in a handler; semaphore -> result */
	KSPEC_SEMAPHORE_UP,              /* in a handler; semaphore */
	KSPEC_SEMAPHORE_COUNT,           /* semaphore -> count */

	KSPEC_QUEUE_WAIT,   /* interruptible, exclusive; task, queue, event or nothing */
	KSPEC_QUEUE_WAKE,   /* all; queue */
	KSPEC_EVENT_HAPPEN, /* event */

	KSPEC_CLOCK_AS_IT_IS, /* -> HZ, the first value of jiffies */
	KSPEC_CLOCK_BOOT,     /* jiffies; forgets every timer */
	KSPEC_CLOCK_PASS,     /* nanoseconds -> ticks, jiffies */
	KSPEC_CLOCK_COMPARE,  /* a, b -> after, before, after or equal, before or equal */

	KSPEC_TIMER_INIT,    /* timer, then its actions */
	KSPEC_TIMER_ADD,     /* expires; timer */
	KSPEC_TIMER_MOD,     /* expires; timer -> what it returned */
	KSPEC_TIMER_DEL,     /* timer -> what it returned */
	KSPEC_TIMER_PENDING, /* timer -> whether it is */
	KSPEC_TIMER_TICK,    /* ticks, whether one softirq ends them -> jiffies; struct kspec_fired each */

	KSPEC_SOFTIRQ_VECTORS, /* -> their names by their numbers, each in KSPEC_NAME_SIZE octets */
	KSPEC_SOFTIRQ_PLAY,    /* struct kspec_scene, then its actions -> pending, woken; struct kspec_happening each */

	KSPEC_SPIN_RUN, /* struct kspec_spin -> struct kspec_spin_end, then its steps */

	KSPEC_RCU_RUN, /* struct kspec_rcu -> struct kspec_rcu_end, then its events */

	KSPEC_HOOK_REGISTER,   /* struct kspec_function */
	KSPEC_HOOK_UNREGISTER, /* struct kspec_function, of which the name counts, and whether it looks */
	KSPEC_HOOK_FOUND,      /* the same -> how many packets it was about */
	KSPEC_HOOK_SEEN,       /* -> struct kspec_seen each, since it was last asked */
	KSPEC_HOOK_PASS,       /* hook -> 1, or the errno of a packet that did not pass it */

	KSPEC_OPS
};

/* Routines of KSPEC_CSUM_PARTIAL, by number. */
#define KSPEC_ROUTINES "csum_partial csum_partial_copy_nocheck skb_checksum"

/* Routines of KSPEC_TRANSPORT_SEND, by number, and how many of them are told. */
#define KSPEC_TRANSPORT_ROUTINES                                                                   \
	"__tcp_v4_send_check udp_send_skb udp4_hwcsum skb_checksum_help csum_partial"
#define KSPEC_ENTERED_MAX 32

enum kspec_status {
	KSPEC_DONE,  /* the function came back; `error` is what it returned, if that was an errno */
	KSPEC_BUG,   /* the kernel stopped it; `reason` says where */
	KSPEC_FAULT, /* it was never called; `reason` says why */
};

#define KSPEC_NUMBERS 8

struct kspec_call {
	__u32 op;
	__u32 status;
	__s32 error;
	__u32 length; /* of the octets, there and back */
	__u64 octets; /* where they are; room for KSPEC_OCTETS_MAX */
	__s64 in[KSPEC_NUMBERS];
	__s64 out[KSPEC_NUMBERS];
	char reason[KSPEC_REASON_SIZE];
};

#define KSPEC_CALL _IOWR('k', 1, struct kspec_call)

/* A notifier block, or something that its callback does: then `registers` says what. */
struct kspec_block {
	char chain[KSPEC_NAME_SIZE];
	char name[KSPEC_NAME_SIZE];
	__s32 priority;
	__u32 answer;
	__u32 registers;
	__u32 unused;
};

/* A block that ran, and what it was handed. */
struct kspec_heard {
	char name[KSPEC_NAME_SIZE];
	__u64 event;
	__u32 data_is_ours;
	__u32 unused;
};

/* What a timer's function does, in the order of the agent's words. */
enum kspec_timer_does {
	KSPEC_TIMER_DOES_ADD,
	KSPEC_TIMER_DOES_MOD,
	KSPEC_TIMER_DOES_DEL,
	KSPEC_TIMER_DOES_COMPUTE,
};

struct kspec_timer_action {
	char timer[KSPEC_NAME_SIZE];
	__u32 what;
	__s32 ticks; /* from jiffies; of the last: that pass */
};

#define KSPEC_FIRED_MAX 10000

struct kspec_fired {
	char name[KSPEC_NAME_SIZE];
	__u32 jiffies;
	__u8 pending;
	__u8 returned_count;
	__u8 returned[16];
};

/* A scene of softirqs. What an action is about goes by number: of a line, a tasklet, a vector, a name. */
enum kspec_verb {
	KSPEC_MARK,
	KSPEC_RAISE,
	KSPEC_INTERRUPT,
	KSPEC_QUEUE,
	KSPEC_SPEND,
	KSPEC_RESCHED,
	KSPEC_TAKE,
	KSPEC_BH_DISABLE,
	KSPEC_BH_ENABLE,
	KSPEC_SLEEP,
	KSPEC_SCHEDULE,
	KSPEC_DISABLE,
	KSPEC_ENABLE,
};

struct kspec_scene_action {
	__u16 verb;
	__u16 which;
	__u32 number; /* microseconds; or how often it has an effect, 0: always */
};

#define KSPEC_SCRIPT_MAX 64
#define KSPEC_ACTORS_MAX 16
#define KSPEC_SCENE_STEPS_MAX 10000

struct kspec_script {
	__u16 first, count; /* in the actions of the scene */
};

struct kspec_scene {
	__u32 line_count, tasklet_count;
	__u32 has_tasklets; /* HI and TASKLET are theirs */
	__u32 vectors;      /* a bit for each that has a handler */
	struct kspec_script process;
	struct kspec_script lines[KSPEC_ACTORS_MAX];
	struct kspec_script tasklets[KSPEC_ACTORS_MAX];
	struct kspec_script softirqs[KSPEC_ACTORS_MAX];
	__u8 high[KSPEC_ACTORS_MAX]; /* of a tasklet: by HI */
};

enum kspec_event {
	KSPEC_SEES_MARK,
	KSPEC_SEES_HANDLER,
	KSPEC_SEES_SOFTIRQ,
	KSPEC_SEES_TASKLET,
	KSPEC_SEES_TAKE,
	KSPEC_SEES_WAKE,
};

enum kspec_context {
	KSPEC_IN_PROCESS,
	KSPEC_IN_INTERRUPT,
	KSPEC_AT_INTERRUPT_EXIT,
	KSPEC_AT_BH_ENABLE,
	KSPEC_IN_KSOFTIRQD,
};

struct kspec_happening {
	__u8 event, context;
	__u16 which;
	__u32 pass; /* of a softirq */
};

/* Spin locks between processors. Locks and counters go by number. */
enum kspec_spin_verb {
	KSPEC_SPIN_LOCK,
	KSPEC_SPIN_UNLOCK,
	KSPEC_SPIN_TRYLOCK,
	KSPEC_SPIN_INCREMENT,
	KSPEC_SPIN_WORK,
};

struct kspec_spin_action {
	__u8 verb, which;
};

#define KSPEC_SPIN_PROCESSORS 2
#define KSPEC_SPIN_ACTIONS 32
#define KSPEC_SPIN_SCHEDULE_MAX 10000
#define KSPEC_SPIN_STEPS_MAX 20000

struct kspec_spin {
	__u32 processors;
	__u32 schedule_count;
	__u32 counts[KSPEC_SPIN_PROCESSORS];
	struct kspec_spin_action actions[KSPEC_SPIN_PROCESSORS][KSPEC_SPIN_ACTIONS];
	__u8 schedule[KSPEC_SPIN_SCHEDULE_MAX];
};

enum kspec_spin_result {
	KSPEC_DOES,
	KSPEC_SPINS,
	KSPEC_BUSY,
	KSPEC_READS,
};

struct kspec_spin_step {
	__u8 processor, action, result, unused;
};

struct kspec_spin_end {
	__u8 waits[KSPEC_SPIN_PROCESSORS]; /* for ever */
	__u8 waits_for[KSPEC_SPIN_PROCESSORS];
	__u8 held_by[KSPEC_SPIN_PROCESSORS];
	__u8 unused[2];
	__s32 counters[KSPEC_SPIN_PROCESSORS * KSPEC_SPIN_ACTIONS];
};

/* A function on a hook of netfilter. */
enum kspec_function_does {
	KSPEC_LOOKS,   /* and gives each verdict in turn, then the last for ever */
	KSPEC_MARKS,   /* packets of a source, or all */
	KSPEC_MATCHES, /* gives packets with that mark the first verdict */
};

#define KSPEC_VERDICTS_MAX 16

struct kspec_function {
	char name[KSPEC_NAME_SIZE];
	__u32 does;
	__u32 hook; /* as in enum nf_inet_hooks */
	__s32 priority;
	__u32 mark;
	__u32 source; /* network order */
	__u8 has_source;
	__u8 verdict_count;
	__u8 verdicts[KSPEC_VERDICTS_MAX]; /* NF_ACCEPT and its like */
};

#define KSPEC_SEEN_MAX 10000
#define KSPEC_INTERFACE_SIZE 16

struct kspec_seen {
	char name[KSPEC_NAME_SIZE];
	char in[KSPEC_INTERFACE_SIZE], out[KSPEC_INTERFACE_SIZE]; /* empty: none */
	__u32 length;
};

#endif
