// SPDX-License-Identifier: GPL-2.0
/*
 * main.c - a device through which the kernel's own functions are called.
 *
 * Each call runs in a thread of the kernel. A function that hits BUG() or an address that is not there
 * takes its thread with it, and nothing else: the die notifier tells where that was, the caller is
 * answered, and the next call gets a thread of its own.
 */
#include <linux/completion.h>
#include <linux/fs.h>
#include <linux/kdebug.h>
#include <linux/kthread.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/panic_notifier.h>
#include <linux/slab.h>
#include <linux/uaccess.h>

#include "kernspec.h"
#include "task.h"

static DEFINE_MUTEX(one_call_at_a_time);

static struct kspec_call call;
static void *octets;

/* --- The thread that calls ---------------------------------------------------------------- */

static struct task_struct *worker;
static DECLARE_COMPLETION(asked);
static DECLARE_COMPLETION(answered);

static int forget_everything(struct kspec_call *unused, void *no_octets)
{
	WRITE_ONCE(task_forgetting, true);
	semaphore_wake_all();
	wait_queue_wake_all();
	task_reset();
	WRITE_ONCE(task_forgetting, false);
	semaphore_reset();
	wait_queue_reset();
	timer_reset();
	queue_reset();
	skb_reset();
	chain_reset();
	netfilter_reset();
	transport_reset();
	return 0;
}

static kspec_handler handler_of(u32 op)
{
	static kspec_handler (*const parts[])(u32 op) = {
		checksum_handler, chain_handler, skb_handler,       sharing_handler,
		queue_handler,    task_handler,  semaphore_handler, wait_queue_handler,
		timer_handler,    softirq_handler, spin_handler,    netfilter_handler,
		transport_handler, rcu_handler,
	};
	kspec_handler handler = op == KSPEC_RESET ? forget_everything : NULL;
	int which;

	for (which = 0; handler == NULL && which < ARRAY_SIZE(parts); which++)
		handler = parts[which](op);
	return handler;
}

static int serve(void *unused)
{
	kspec_handler handler;

	for (;;) {
		if (wait_for_completion_interruptible(&asked))
			continue;
		if (kthread_should_stop())
			return 0;
		handler = handler_of(call.op);
		call.error = handler ? handler(&call, octets) :
				       kspec_fault(&call, "there is no operation %u", call.op);
		complete(&answered);
	}
}

static int start_worker(void)
{
	worker = kthread_create(serve, NULL, "kspec");
	if (!IS_ERR(worker)) {
		kthread_bind(worker, WORKER_PROCESSOR);
		wake_up_process(worker);
		return 0;
	}
	call.error = PTR_ERR(worker);
	worker = NULL;
	return call.error;
}

#ifdef CONFIG_UML

/*
 * In User-Mode Linux BUG() is a panic, the end of the whole machine. When the thread that calls is the one to panic,
 * the end is that thread's alone: panic() has only told who it is and stopped interrupts by now.
 */
static int hear_of_panic(struct notifier_block *block, unsigned long event, void *message)
{
	if (current != worker)
		return NOTIFY_DONE;
	call.status = KSPEC_BUG;
	strscpy(call.reason, message, sizeof(call.reason));
	worker = NULL;
	oops_in_progress = 0;
	local_irq_enable();
	kthread_complete_and_exit(&answered, 0);
}

/* Before the one that ends the machine. */
static struct notifier_block panic_block = {.notifier_call = hear_of_panic, .priority = INT_MAX};

static int hear_of_stops(void)
{
	return atomic_notifier_chain_register(&panic_notifier_list, &panic_block);
}

#else

static int hear_of_death(struct notifier_block *block, unsigned long event, void *data)
{
	struct die_args *args = data;

	if (current != worker || event != DIE_OOPS)
		return NOTIFY_DONE;
	call.status = KSPEC_BUG;
	snprintf(call.reason, sizeof(call.reason), "%s at %ps", args->str,
		 (void *)instruction_pointer(args->regs));
	worker = NULL;
	complete(&answered);
	return NOTIFY_DONE;
}

static struct notifier_block death = {.notifier_call = hear_of_death};

static int hear_of_stops(void)
{
	return register_die_notifier(&death);
}

#endif

static void say(struct kspec_call *answer, u32 status, const char *format, va_list list)
{
	answer->status = status;
	vsnprintf(answer->reason, sizeof(answer->reason), format, list);
}

int kspec_fault(struct kspec_call *answer, const char *format, ...)
{
	va_list list;

	va_start(list, format);
	say(answer, KSPEC_FAULT, format, list);
	va_end(list);
	return 0;
}

int kspec_bug(struct kspec_call *answer, const char *format, ...)
{
	va_list list;

	va_start(list, format);
	say(answer, KSPEC_BUG, format, list);
	va_end(list);
	return 0;
}

/* --- The device --------------------------------------------------------------------------- */

static int run_call(void)
{
	if (worker == NULL && start_worker())
		return call.error;
	call.status = KSPEC_DONE;
	call.error = 0;
	reinit_completion(&answered);
	complete(&asked);
	wait_for_completion(&answered);
	return 0;
}

static long answer(struct kspec_call __user *asker)
{
	int error;

	if (copy_from_user(&call, asker, sizeof(call)))
		return -EFAULT;
	if (call.length > KSPEC_OCTETS_MAX)
		return -E2BIG;
	if (copy_from_user(octets, u64_to_user_ptr(call.octets), call.length))
		return -EFAULT;
	error = run_call();
	if (error)
		return error;
	if (copy_to_user(u64_to_user_ptr(call.octets), octets, call.length))
		return -EFAULT;
	return copy_to_user(asker, &call, sizeof(call)) ? -EFAULT : 0;
}

static long kspec_ioctl(struct file *file, unsigned int request, unsigned long argument)
{
	long error;

	if (request != KSPEC_CALL)
		return -ENOTTY;
	mutex_lock(&one_call_at_a_time);
	error = answer((struct kspec_call __user *)argument);
	mutex_unlock(&one_call_at_a_time);
	return error;
}

static const struct file_operations operations = {
	.owner = THIS_MODULE,
	.unlocked_ioctl = kspec_ioctl,
};

static struct miscdevice device = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = "kspec",
	.fops = &operations,
	.mode = 0600,
};

static int __init kspec_init(void)
{
	int error;

	octets = kvmalloc(KSPEC_OCTETS_MAX, GFP_KERNEL);
	if (octets == NULL)
		return -ENOMEM;
	error = hear_of_stops();
	if (error == 0)
		error = misc_register(&device);
	return error;
}

/* There is no way out: the machine ends with its agent. */
module_init(kspec_init);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Calls the kernel's own functions for kernspec");
