/*
 * queue.c - the operations of `sk-buff-queue`.
 */
#include "handles.h"
#include "ports.h"

static void put_on(uint32_t op, const struct ks_value *args)
{
	struct kspec_call call = call_for_skb(op, args);

	module_take_name(&call, args, "queue");
	module_call(&call);
}

static void queue_head(const struct ks_value *args)
{
	put_on(KSPEC_QUEUE_HEAD, args);
}

static void queue_tail(const struct ks_value *args)
{
	put_on(KSPEC_QUEUE_TAIL, args);
}

static void put_beside(uint32_t op, const struct ks_value *args, const char *other)
{
	struct kspec_call call = {.op = op};

	call.in[0] = handle_arg(args, other);
	call.in[1] = handle_arg(args, "skb");
	module_call(&call);
}

static void insert(const struct ks_value *args)
{
	put_beside(KSPEC_QUEUE_INSERT, args, "before");
}

static void append(const struct ks_value *args)
{
	put_beside(KSPEC_QUEUE_APPEND, args, "after");
}

static void unlink_skb(const struct ks_value *args)
{
	simple_call(KSPEC_QUEUE_UNLINK, args);
}

static struct kspec_call call_queue(uint32_t op, const struct ks_value *args)
{
	struct kspec_call call = {.op = op};

	module_take_name(&call, args, "queue");
	module_call(&call);
	return call;
}

static void dequeue(const struct ks_value *args)
{
	put_handle("skb", call_queue(KSPEC_QUEUE_DEQUEUE, args).out[0]);
}

static void dequeue_tail(const struct ks_value *args)
{
	put_handle("skb", call_queue(KSPEC_QUEUE_DEQUEUE_TAIL, args).out[0]);
}

static void peek(const struct ks_value *args)
{
	put_handle("skb", call_queue(KSPEC_QUEUE_PEEK, args).out[0]);
}

static void peek_tail(const struct ks_value *args)
{
	put_handle("skb", call_queue(KSPEC_QUEUE_PEEK_TAIL, args).out[0]);
}

static void purge(const struct ks_value *args)
{
	call_queue(KSPEC_QUEUE_PURGE, args);
}

static void put_handles(const char *name, const uint32_t *numbers, const uint32_t *end)
{
	ks_open_array(name);
	for (; numbers < end; numbers++)
		put_handle(NULL, *numbers);
	ks_close();
}

static void walk(const struct ks_value *args)
{
	struct kspec_call call = call_queue(KSPEC_QUEUE_WALK, args);
	const uint32_t *numbers = (const uint32_t *)module_octets;
	const uint32_t *backward = numbers + call.out[1];

	ks_put_int("qlen", call.out[0]);
	put_handles("forward", numbers, backward);
	put_handles("backward", backward, numbers + call.length / sizeof *numbers);
}

static void list_of(const struct ks_value *args)
{
	struct kspec_call call = call_for_skb(KSPEC_QUEUE_OF, args);

	module_call(&call);
	if (call.length > 0)
		ks_put_text("queue", (const char *)module_octets);
	else
		ks_put_null("queue");
}

const struct ks_operation queue_operations[] = {
	{"sk-buff-queue.queueHead", queue_head, "queue skb"},
	{"sk-buff-queue.queueTail", queue_tail, "queue skb"},
	{"sk-buff-queue.insert", insert, "before skb"},
	{"sk-buff-queue.append", append, "after skb"},
	{"sk-buff-queue.unlink", unlink_skb, "skb"},
	{"sk-buff-queue.dequeue", dequeue, "queue"},
	{"sk-buff-queue.dequeueTail", dequeue_tail, "queue"},
	{"sk-buff-queue.peek", peek, "queue"},
	{"sk-buff-queue.peekTail", peek_tail, "queue"},
	{"sk-buff-queue.purge", purge, "queue"},
	{"sk-buff-queue.walk", walk, "queue"},
	{"sk-buff-queue.listOf", list_of, "skb"},
	{NULL, NULL, NULL},
};

static struct kspec_call try_queue(uint32_t op, int64_t number)
{
	struct kspec_call call = {.op = op, .length = KSPEC_NAME_SIZE, .in = {number}};

	memset(module_octets, 0, KSPEC_NAME_SIZE);
	strcpy((char *)module_octets, "self-test");
	module_try(&call);
	return call;
}

bool queue_works(void)
{
	struct kspec_call call = {.op = KSPEC_SKB_ALLOC, .in = {64}};

	module_try(&call);
	try_queue(KSPEC_QUEUE_TAIL, call.out[0]);
	return call.status == KSPEC_DONE && try_queue(KSPEC_QUEUE_WALK, 0).out[0] == 1 &&
	       try_queue(KSPEC_QUEUE_DEQUEUE, 0).out[0] == call.out[0];
}
