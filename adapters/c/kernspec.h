/*
 * kernspec.h - what every adapter in C needs: requests in, answers out.
 *
 * An adapter is a program that reads requests from standard input, one JSON object a line, and
 * writes one reply a line to standard output. This library does all of that. What is left to
 * write is one handler for each operation:
 *
 *	static void compute(const struct ks_value *args)
 *	{
 *		size_t length;
 *		const uint8_t *octets = ks_octets(args, "octets", &length);
 *
 *		ks_put_int("checksum", in_cksum(octets, length));
 *	}
 *
 * and a table that names them:
 *
 *	{ "checksum.compute", compute, "octets" },
 *
 * A handler runs from top to bottom and answers `ok` with whatever it has put. A getter whose
 * field is missing or wrong ends the call with a `fault` that names the field, so a handler needs
 * no error paths: it reads all arguments first, then acts. ks_errno(), ks_bug() and ks_fault() end
 * the call likewise; none of them returns.
 *
 * Standard output belongs to the protocol. Messages for people go to stderr.
 */
#ifndef KERNSPEC_H
#define KERNSPEC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#if defined(__GNUC__)
#define KS_NORETURN __attribute__((noreturn))
#define KS_PRINTF __attribute__((format(printf, 1, 2)))
#else
#define KS_NORETURN
#define KS_PRINTF
#endif

/* --- The adapter ------------------------------------------------------------------------- */

/* A JSON value, of which only the reader knows the inside. */
struct ks_value;

struct ks_operation {
	const char *name; /* PORT.METHOD, as in "sk-buff.put" */
	void (*handler)(const struct ks_value *args);
	const char *args; /* names of the arguments, by spaces; "sum?" may be left out; NULL: any */
};

struct ks_capability {
	const char *name;
	int version; /* of its port */
};

struct ks_adapter {
	const char *name;
	const char *version;
	const struct ks_capability *capabilities; /* up to one without a name */
	const struct ks_operation *operations;    /* up to one without a name */

	/*
	 * Forgets everything: the next call finds a kernel that has just booted. Called before the
	 * first scenario and between scenarios. The profile is one of "notes", "linux-2.6.11",
	 * "bsd-4.4" and "linux-6"; every random choice should follow from the seed.
	 */
	void (*reset)(const char *profile, uint32_t seed);

	const char *profile; /* the only profile it behaves by; NULL: by each that is asked for */

	/*
	 * Asks after a call that was answered with ks_parked(): answers as a handler does, with
	 * ks_parked() again while it sleeps. NULL when no operation sleeps.
	 */
	void (*poll)(const char *call);

	/* It forgets nothing but by ending: each scenario gets a process of its own. */
	bool cannot_reset;

	/* Puts what else hello tells, such as `clock` and `pinned`; NULL: nothing. */
	void (*introduce)(void);
};

/* Answers requests until `bye` or the end of the input. Returns what main() should return. */
int ks_run(const struct ks_adapter *adapter);

/* --- Reading arguments: each faults, naming the field, when it is not what it should be --- */

int64_t ks_int(const struct ks_value *object, const char *name, int64_t min, int64_t max);
uint16_t ks_word16(const struct ks_value *object, const char *name);
uint32_t ks_word32(const struct ks_value *object, const char *name);
int32_t ks_int32(const struct ks_value *object, const char *name);
bool ks_bool(const struct ks_value *object, const char *name);

/* Text that ends with a NUL octet and contains none. Valid until the handler returns. */
const char *ks_text(const struct ks_value *object, const char *name);

/* Text that may contain NUL octets. */
const char *ks_string(const struct ks_value *object, const char *name, size_t *length);

/* A name as the suite chooses them: a small letter, then letters, digits and hyphens. */
#define KS_NAME_SIZE 33
const char *ks_name(const struct ks_value *object, const char *name);

/* Which of the words it is, counted from 0; the words are separated by spaces. */
int ks_choice(const struct ks_value *object, const char *name, const char *words);

/* Octets, written in the request as hex digits. Valid until the handler returns. */
#define KS_MAX_OCTETS 262144
const uint8_t *ks_octets(const struct ks_value *object, const char *name, size_t *length);

/* An IPv4 address, in network order: its first octet is the first in memory. */
uint32_t ks_ipv4(const struct ks_value *object, const char *name);

/* Whether an argument that may be left out is there. */
bool ks_has(const struct ks_value *object, const char *name);

/* Whether an argument is there and null, as one that may be either a value or none. */
bool ks_is_null(const struct ks_value *object, const char *name);

/* An object inside an object; `members` names its members as in struct ks_operation. */
const struct ks_value *ks_object(const struct ks_value *object, const char *name,
				 const char *members);

/*
 * Arrays:
 *
 *	array = ks_array(args, "schedule", 10000);
 *	for (item = ks_first(array); item != NULL; item = ks_next(item))
 *		total += ks_int_item(item, 0, 7);
 */
const struct ks_value *ks_array(const struct ks_value *object, const char *name, size_t max);
size_t ks_count(const struct ks_value *array);
const struct ks_value *ks_first(const struct ks_value *array);
const struct ks_value *ks_next(const struct ks_value *item);
int64_t ks_int_item(const struct ks_value *item, int64_t min, int64_t max);
int ks_choice_item(const struct ks_value *item, const char *words);
const struct ks_value *ks_array_item(const struct ks_value *item, size_t max);

/*
 * An object whose members have names that somebody chose: ks_first() and ks_next() go over them as over an
 * array's items, and this is the name of one.
 */
const struct ks_value *ks_record(const struct ks_value *object, const char *name);
const struct ks_value *ks_record_item(const struct ks_value *item);
const char *ks_key(const struct ks_value *item);

/* Faults unless the object has all of these members and no others. */
void ks_members(const struct ks_value *object, const char *members);

/* Zeroed memory that lives until the handler has returned, then frees itself. */
void *ks_alloc(size_t size);

/* --- Answering ---------------------------------------------------------------------------- */

/* Members of the answer. Inside an array the name is NULL. */
void ks_put_int(const char *name, int64_t number);
void ks_put_number(const char *name, double number);
void ks_put_bool(const char *name, bool truth);
void ks_put_null(const char *name);
void ks_put_text(const char *name, const char *text);
void ks_put_string(const char *name, const char *text, size_t length);
void ks_put_octets(const char *name, const uint8_t *octets, size_t length);
void ks_open_array(const char *name);
void ks_open_object(const char *name);
void ks_close(void);

/* The contract's name for an errno; NULL if it has none. */
const char *ks_errno_name(int error);

/* Ends the call with an errno, such as ENOENT or -ENOENT: the sign does not matter. */
void ks_errno(int error) KS_NORETURN;

/* Ends the call with a bug that the kernel caught: a BUG(), an oops, a panic. */
void ks_bug(const char *format, ...) KS_NORETURN KS_PRINTF;

/* Ends the call with a failure of the adapter itself. */
void ks_fault(const char *format, ...) KS_NORETURN KS_PRINTF;

/* Ends the call with a fault that names a member: "args.skb: no such buffer". */
void ks_wrong(const struct ks_value *object, const char *name, const char *why) KS_NORETURN;

/*
 * Ends the call for now: it sleeps. The token, of at most 64 characters, is what poll() is called with;
 * `what_for` says what it waits for and may be NULL.
 */
void ks_parked(const char *call, const char *what_for) KS_NORETURN;

/* Ends the call: the operation is not there. */
void ks_unsupported(const char *what) KS_NORETURN;

#endif
