/*
 * kernspec.c - reads requests, calls handlers, writes replies. See kernspec.h.
 *
 * From top to bottom: memory, ending a call early, the JSON reader, the getters, the writer, and
 * the loop that joins them. One process serves one call at a time, so the call under way is kept
 * in static variables.
 */
#include "kernspec.h"

#include <errno.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PROTOCOL "kernspec/1"
#define MAX_LINE (4u * 1024 * 1024) /* octets, the newline included */
#define MAX_DEPTH 32                /* objects and arrays inside each other */

/* --- Memory ------------------------------------------------------------------------------- */

static void die(const char *why)
{
	fprintf(stderr, "kernspec: %s\n", why);
	exit(1);
}

static void *allocate(void *old, size_t size)
{
	void *memory = realloc(old, size);

	if (memory == NULL)
		die("out of memory");
	return memory;
}

/* The arena: memory is handed out from large pieces and given back all at once. */
union piece {
	struct {
		union piece *next;
		size_t used, size;
	} is;
	long long alignment_of_integers;
	long double alignment_of_numbers;
};

#define PIECE_SIZE (64u * 1024)

static union piece *pieces;

static void *arena_alloc(size_t size)
{
	size_t unit = sizeof(union piece);
	void *memory;

	size = (size + unit - 1) / unit * unit;
	if (pieces == NULL || pieces->is.size - pieces->is.used < size) {
		size_t room = size > PIECE_SIZE ? size : PIECE_SIZE;
		union piece *piece = allocate(NULL, unit + room);

		piece->is.next = pieces;
		piece->is.used = 0;
		piece->is.size = room;
		pieces = piece;
	}
	memory = (char *)(pieces + 1) + pieces->is.used;
	pieces->is.used += size;
	return memory;
}

void *ks_alloc(size_t size)
{
	return memset(arena_alloc(size), 0, size);
}

static void free_pieces_but(union piece *last)
{
	while (pieces != last) {
		union piece *next = pieces->is.next;

		free(pieces);
		pieces = next;
	}
}

/* Keeps one piece of the usual size, so that a small request allocates nothing. */
static void arena_clear(void)
{
	union piece *last = pieces;

	while (last != NULL && last->is.next != NULL)
		last = last->is.next;
	if (last != NULL && last->is.size > PIECE_SIZE)
		last = NULL;
	free_pieces_but(last);
	if (last != NULL)
		last->is.used = 0;
}

/* Text that grows. */
struct text {
	char *octets;
	size_t length, size;
};

static void append(struct text *text, const char *octets, size_t length)
{
	if (text->size - text->length < length) {
		text->size = 2 * text->size + length + 256;
		text->octets = allocate(text->octets, text->size);
	}
	memcpy(text->octets + text->length, octets, length);
	text->length += length;
}

static void append_text(struct text *text, const char *string)
{
	append(text, string, strlen(string));
}

/* --- Ending a call early ------------------------------------------------------------------ */

static jmp_buf *escape;         /* where the call under way is answered */
static const char *reason_kind; /* "errno", "bug", "fault", "unsupported" or "parked" */
static char reason[512];        /* of "parked": the token */
static char waits_for[201];     /* of "parked" */

static void end_call(const char *kind) KS_NORETURN;

static void end_call(const char *kind)
{
	reason_kind = kind;
	if (escape == NULL)
		die(reason);
	longjmp(*escape, 1);
}

void ks_bug(const char *format, ...)
{
	va_list list;

	va_start(list, format);
	vsnprintf(reason, sizeof reason, format, list);
	va_end(list);
	end_call("bug");
}

void ks_fault(const char *format, ...)
{
	va_list list;

	va_start(list, format);
	vsnprintf(reason, sizeof reason, format, list);
	va_end(list);
	end_call("fault");
}

void ks_unsupported(const char *what)
{
	snprintf(reason, sizeof reason, "%s", what);
	end_call("unsupported");
}

void ks_parked(const char *call, const char *what_for)
{
	snprintf(reason, sizeof reason, "%s", call);
	snprintf(waits_for, sizeof waits_for, "%s", what_for == NULL ? "" : what_for);
	end_call("parked");
}

/* Only names cross the boundary: the numbers differ from system to system. */
static const struct {
	int number;
	const char *name;
} errnos[] = {
	{EPERM, "EPERM"},
	{ENOENT, "ENOENT"},
	{ESRCH, "ESRCH"},
	{EINTR, "EINTR"},
	{EIO, "EIO"},
	{ENXIO, "ENXIO"},
	{ENOEXEC, "ENOEXEC"},
	{EBADF, "EBADF"},
	{ECHILD, "ECHILD"},
	{EAGAIN, "EAGAIN"},
	{ENOMEM, "ENOMEM"},
	{EACCES, "EACCES"},
	{EFAULT, "EFAULT"},
	{EBUSY, "EBUSY"},
	{EEXIST, "EEXIST"},
	{EDOM, "EDOM"},
	{ENODEV, "ENODEV"},
	{ENOTDIR, "ENOTDIR"},
	{EISDIR, "EISDIR"},
	{EINVAL, "EINVAL"},
	{ENFILE, "ENFILE"},
	{EMFILE, "EMFILE"},
	{ENOTTY, "ENOTTY"},
	{EFBIG, "EFBIG"},
	{ENOSPC, "ENOSPC"},
	{ESPIPE, "ESPIPE"},
	{EROFS, "EROFS"},
	{EMLINK, "EMLINK"},
	{EPIPE, "EPIPE"},
	{ENAMETOOLONG, "ENAMETOOLONG"},
	{ENOSYS, "ENOSYS"},
	{ENOTEMPTY, "ENOTEMPTY"},
	{EPROTO, "EPROTO"},
	{ENOTSOCK, "ENOTSOCK"},
	{EDESTADDRREQ, "EDESTADDRREQ"},
	{EMSGSIZE, "EMSGSIZE"},
	{EPROTOTYPE, "EPROTOTYPE"},
	{ENOPROTOOPT, "ENOPROTOOPT"},
	{EPROTONOSUPPORT, "EPROTONOSUPPORT"},
	{EOPNOTSUPP, "EOPNOTSUPP"},
	{EAFNOSUPPORT, "EAFNOSUPPORT"},
	{EADDRINUSE, "EADDRINUSE"},
	{EADDRNOTAVAIL, "EADDRNOTAVAIL"},
	{ENETDOWN, "ENETDOWN"},
	{ENETUNREACH, "ENETUNREACH"},
	{ECONNABORTED, "ECONNABORTED"},
	{ECONNRESET, "ECONNRESET"},
	{ENOBUFS, "ENOBUFS"},
	{EISCONN, "EISCONN"},
	{ENOTCONN, "ENOTCONN"},
	{ETIMEDOUT, "ETIMEDOUT"},
	{ECONNREFUSED, "ECONNREFUSED"},
	{EHOSTUNREACH, "EHOSTUNREACH"},
	{EALREADY, "EALREADY"},
	{EINPROGRESS, "EINPROGRESS"},
#ifdef ESOCKTNOSUPPORT
	{ESOCKTNOSUPPORT, "ESOCKTNOSUPPORT"},
#endif
#ifdef EHOSTDOWN
	{EHOSTDOWN, "EHOSTDOWN"},
#endif
#ifdef ENONET
	{ENONET, "ENONET"},
#endif
};

const char *ks_errno_name(int error)
{
	size_t which;

	for (which = 0; which < sizeof errnos / sizeof errnos[0]; which++)
		if (errnos[which].number == (error < 0 ? -error : error))
			return errnos[which].name;
	return NULL;
}

void ks_errno(int error)
{
	const char *name = ks_errno_name(error);

	if (name == NULL)
		ks_fault("errno %d has no name in the contract", error);
	snprintf(reason, sizeof reason, "%s", name);
	end_call("errno");
}

/* --- The JSON reader ---------------------------------------------------------------------- */

enum kind { IS_NULL, IS_BOOL, IS_NUMBER, IS_TEXT, IS_ARRAY, IS_OBJECT };

static const char *const kind_names[] = {"null", "a boolean", "a number",
					 "text", "an array",  "an object"};

struct ks_value {
	enum kind kind;
	union {
		bool truth;
		double number;
		struct {
			const char *octets;
			size_t length;
		} text;
		struct {
			struct ks_value *first;
			size_t count;
		} inside; /* of an array or object */
	} is;
	const struct ks_value *parent;
	struct ks_value *next; /* beside it in the same array or object */
	const char *name;      /* as a member */
	size_t index;          /* as an item */
};

struct reader {
	const char *at, *end;
	int depth;
};

static void malformed(const char *what)
{
	ks_fault("not JSON: %s", what);
}

static void skip_space(struct reader *reader)
{
	while (reader->at < reader->end && strchr(" \t\r\n", *reader->at) && *reader->at != '\0')
		reader->at++;
}

static bool next_is(struct reader *reader, char octet)
{
	skip_space(reader);
	if (reader->at == reader->end || *reader->at != octet)
		return false;
	reader->at++;
	return true;
}

static int hex_digit(char octet)
{
	if (octet >= '0' && octet <= '9')
		return octet - '0';
	if (octet >= 'a' && octet <= 'f')
		return octet - 'a' + 10;
	if (octet >= 'A' && octet <= 'F')
		return octet - 'A' + 10;
	return -1;
}

static unsigned int read_four_digits(struct reader *reader)
{
	unsigned int code = 0;
	int count;

	for (count = 0; count < 4; count++) {
		int digit = reader->at < reader->end ? hex_digit(*reader->at++) : -1;

		if (digit < 0)
			malformed("\\u without four hex digits");
		code = 16 * code + (unsigned int)digit;
	}
	return code;
}

static char *put_utf8(char *to, unsigned int code)
{
	if (code < 0x80) {
		*to++ = (char)code;
	} else if (code < 0x800) {
		*to++ = (char)(0xc0 | code >> 6);
		*to++ = (char)(0x80 | (code & 0x3f));
	} else if (code < 0x10000) {
		*to++ = (char)(0xe0 | code >> 12);
		*to++ = (char)(0x80 | (code >> 6 & 0x3f));
		*to++ = (char)(0x80 | (code & 0x3f));
	} else {
		*to++ = (char)(0xf0 | code >> 18);
		*to++ = (char)(0x80 | (code >> 12 & 0x3f));
		*to++ = (char)(0x80 | (code >> 6 & 0x3f));
		*to++ = (char)(0x80 | (code & 0x3f));
	}
	return to;
}

/* The code after \u. Half a pair on its own is kept: the writer gives it back as it came. */
static unsigned int read_code(struct reader *reader)
{
	unsigned int high = read_four_digits(reader), low;
	struct reader ahead = *reader;

	if (high < 0xd800 || high > 0xdbff || ahead.end - ahead.at < 6 || ahead.at[0] != '\\' ||
	    ahead.at[1] != 'u')
		return high;
	ahead.at += 2;
	low = read_four_digits(&ahead);
	if (low < 0xdc00 || low > 0xdfff)
		return high;
	*reader = ahead;
	return 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00);
}

static char *read_escape(struct reader *reader, char *to)
{
	static const char letters[] = "\"\\/bfnrt", meanings[] = "\"\\/\b\f\n\r\t";
	char letter = reader->at < reader->end ? *reader->at++ : '\0';
	const char *found = letter != '\0' ? strchr(letters, letter) : NULL;

	if (letter == 'u')
		return put_utf8(to, read_code(reader));
	if (found == NULL)
		malformed("an unknown escape in a string");
	*to++ = meanings[found - letters];
	return to;
}

/* Where a string ends, which bounds its decoded length. */
static const char *find_quote(const struct reader *reader)
{
	const char *at = reader->at;

	while (at < reader->end && *at != '"')
		at += *at == '\\' ? 2 : 1;
	if (at >= reader->end)
		malformed("a string without an end");
	return at;
}

/* The opening quote has been read. */
static const char *read_text(struct reader *reader, size_t *length)
{
	const char *quote = find_quote(reader);
	char *text = arena_alloc((size_t)(quote - reader->at) + 1), *to = text;

	while (reader->at < quote) {
		char octet = *reader->at++;

		if ((unsigned char)octet < 0x20)
			malformed("a control character in a string");
		if (octet == '\\')
			to = read_escape(reader, to);
		else
			*to++ = octet;
	}
	if (reader->at != quote)
		malformed("an unknown escape in a string");
	reader->at++;
	*to = '\0';
	*length = (size_t)(to - text);
	return text;
}

static void read_digits(struct reader *reader)
{
	const char *start = reader->at;

	while (reader->at < reader->end && *reader->at >= '0' && *reader->at <= '9')
		reader->at++;
	if (reader->at == start)
		malformed("a number without digits");
}

static bool take(struct reader *reader, const char *set)
{
	if (reader->at == reader->end || *reader->at == '\0' || !strchr(set, *reader->at))
		return false;
	reader->at++;
	return true;
}

static double read_number(struct reader *reader)
{
	const char *start = reader->at;
	double number;

	take(reader, "-");
	if (!take(reader, "0"))
		read_digits(reader);
	if (take(reader, "."))
		read_digits(reader);
	if (take(reader, "eE")) {
		take(reader, "+-");
		read_digits(reader);
	}
	number = strtod(start, NULL); /* the line ends with a NUL octet */
	if (!isfinite(number))
		malformed("a number too large");
	return number;
}

static bool read_word(struct reader *reader, const char *word)
{
	size_t length = strlen(word);

	if ((size_t)(reader->end - reader->at) < length || memcmp(reader->at, word, length) != 0)
		return false;
	reader->at += length;
	return true;
}

static struct ks_value *read_value(struct reader *reader, const struct ks_value *parent);

/* A member without its value: the quote, the name, the colon. */
static const char *read_member_name(struct reader *reader)
{
	const char *name;
	size_t length;

	if (!next_is(reader, '"'))
		malformed("a member without a name");
	name = read_text(reader, &length);
	if (!next_is(reader, ':'))
		malformed("a member without a colon");
	return name;
}

/* What stands between brackets; the opening one has been read. */
static void read_inside(struct reader *reader, struct ks_value *outer, char closing)
{
	struct ks_value **place = &outer->is.inside.first;

	outer->is.inside.first = NULL;
	outer->is.inside.count = 0;
	if (++reader->depth > MAX_DEPTH)
		malformed("too deep");
	if (!next_is(reader, closing)) {
		do {
			const char *name = outer->kind == IS_OBJECT ? read_member_name(reader) : NULL;
			struct ks_value *value = read_value(reader, outer);

			value->name = name;
			value->index = outer->is.inside.count++;
			*place = value;
			place = &value->next;
		} while (next_is(reader, ','));
		if (!next_is(reader, closing))
			malformed(closing == '}' ? "an object without an end" : "an array without an end");
	}
	reader->depth--;
}

static struct ks_value *read_value(struct reader *reader, const struct ks_value *parent)
{
	struct ks_value *value = ks_alloc(sizeof *value);

	value->parent = parent;
	if (next_is(reader, '"')) {
		value->kind = IS_TEXT;
		value->is.text.octets = read_text(reader, &value->is.text.length);
	} else if (next_is(reader, '{')) {
		value->kind = IS_OBJECT;
		read_inside(reader, value, '}');
	} else if (next_is(reader, '[')) {
		value->kind = IS_ARRAY;
		read_inside(reader, value, ']');
	} else if (read_word(reader, "null")) {
		value->kind = IS_NULL;
	} else if (read_word(reader, "true")) {
		value->kind = IS_BOOL;
		value->is.truth = true;
	} else if (read_word(reader, "false")) {
		value->kind = IS_BOOL;
	} else {
		value->kind = IS_NUMBER;
		value->is.number = read_number(reader);
	}
	return value;
}

static const struct ks_value *read_json(const struct text *source)
{
	struct reader reader = {source->octets, source->octets + source->length, 0};
	const struct ks_value *value = read_value(&reader, NULL);

	skip_space(&reader);
	if (reader.at != reader.end)
		malformed("something behind the end");
	return value;
}

/* --- Getters ------------------------------------------------------------------------------ */

static const struct ks_value *call_args; /* of the call under way, alone or in a batch */

/* Writes the place of a value as one would write it in a program: args.processors[0][1].name */
static void write_path(const struct ks_value *value, char *path, size_t size)
{
	size_t length;

	/* The request itself has no name: a path begins with one of its members. */
	snprintf(path, size, "%s", value == call_args ? "args" : "");
	if (value == call_args || value->parent == NULL)
		return;
	write_path(value->parent, path, size);
	length = strlen(path);
	if (value->name == NULL)
		snprintf(path + length, size - length, "[%zu]", value->index);
	else
		snprintf(path + length, size - length, "%s%s", length ? "." : "", value->name);
}

static void wrong(const struct ks_value *value, const char *why) KS_NORETURN;

static void wrong(const struct ks_value *value, const char *why)
{
	char path[256];

	write_path(value, path, sizeof path);
	ks_fault("%s: %s", path[0] ? path : "request", why);
}

void ks_wrong(const struct ks_value *object, const char *name, const char *why)
{
	char path[256];

	write_path(object, path, sizeof path);
	ks_fault("%s%s%s: %s", path, path[0] ? "." : "", name, why);
}

static void expect(const struct ks_value *value, enum kind kind)
{
	char why[32];

	if (value->kind == kind)
		return;
	snprintf(why, sizeof why, "not %s", kind_names[kind]);
	wrong(value, why);
}

static const struct ks_value *find(const struct ks_value *object, const char *name)
{
	const struct ks_value *member;

	expect(object, IS_OBJECT);
	for (member = object->is.inside.first; member != NULL; member = member->next)
		if (strcmp(member->name, name) == 0)
			return member;
	return NULL;
}

static const struct ks_value *find_as(const struct ks_value *object, const char *name,
				      enum kind kind)
{
	const struct ks_value *member = find(object, name);

	if (member == NULL)
		ks_wrong(object, name, "missing");
	expect(member, kind);
	return member;
}

bool ks_has(const struct ks_value *object, const char *name)
{
	return find(object, name) != NULL;
}

bool ks_is_null(const struct ks_value *object, const char *name)
{
	const struct ks_value *value = find(object, name);

	return value != NULL && value->kind == IS_NULL;
}

int64_t ks_int_item(const struct ks_value *item, int64_t min, int64_t max)
{
	char why[80];
	double number;

	expect(item, IS_NUMBER);
	number = item->is.number;
	if (number >= (double)min && number <= (double)max &&
	    number == (double)(int64_t)number)
		return (int64_t)number;
	snprintf(why, sizeof why, "not an integer from %lld to %lld", (long long)min,
		 (long long)max);
	wrong(item, why);
}

int64_t ks_int(const struct ks_value *object, const char *name, int64_t min, int64_t max)
{
	return ks_int_item(find_as(object, name, IS_NUMBER), min, max);
}

uint16_t ks_word16(const struct ks_value *object, const char *name)
{
	return (uint16_t)ks_int(object, name, 0, UINT16_MAX);
}

uint32_t ks_word32(const struct ks_value *object, const char *name)
{
	return (uint32_t)ks_int(object, name, 0, UINT32_MAX);
}

int32_t ks_int32(const struct ks_value *object, const char *name)
{
	return (int32_t)ks_int(object, name, INT32_MIN, INT32_MAX);
}

bool ks_bool(const struct ks_value *object, const char *name)
{
	return find_as(object, name, IS_BOOL)->is.truth;
}

const char *ks_string(const struct ks_value *object, const char *name, size_t *length)
{
	const struct ks_value *value = find_as(object, name, IS_TEXT);

	*length = value->is.text.length;
	return value->is.text.octets;
}

const char *ks_text(const struct ks_value *object, const char *name)
{
	size_t length;
	const char *text = ks_string(object, name, &length);

	if (strlen(text) != length)
		ks_wrong(object, name, "contains a NUL octet");
	return text;
}

const char *ks_name(const struct ks_value *object, const char *name)
{
	const char *text = ks_text(object, name);
	size_t length = strlen(text);

	if (text[0] < 'a' || text[0] > 'z' || length >= KS_NAME_SIZE ||
	    strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789-") != length)
		ks_wrong(object, name, "not a name: a letter, then letters, digits or hyphens");
	return text;
}

/* Which of the words the text is; -1 if none. */
static int word_of(const char *words, const char *text)
{
	size_t length = strlen(text);
	int which;

	for (which = 0; *words != '\0'; which++) {
		size_t size = strcspn(words, " ");

		if (size == length && memcmp(words, text, size) == 0)
			return which;
		words += size;
		words += strspn(words, " ");
	}
	return -1;
}

int ks_choice(const struct ks_value *object, const char *name, const char *words)
{
	char why[256];
	int which = word_of(words, ks_text(object, name));

	if (which >= 0)
		return which;
	snprintf(why, sizeof why, "none of %s", words);
	ks_wrong(object, name, why);
}

int ks_choice_item(const struct ks_value *item, const char *words)
{
	char why[256];
	int which;

	expect(item, IS_TEXT);
	which = word_of(words, item->is.text.octets);
	if (which >= 0)
		return which;
	snprintf(why, sizeof why, "none of %s", words);
	wrong(item, why);
}

/* Contract: lower-case digits only, so that equal octets are equal text. */
static int lower_hex_digit(char octet)
{
	return octet >= 'A' && octet <= 'F' ? -1 : hex_digit(octet);
}

const uint8_t *ks_octets(const struct ks_value *object, const char *name, size_t *length)
{
	size_t digits, at;
	const char *text = ks_string(object, name, &digits);
	uint8_t *octets = arena_alloc(digits / 2 + 1);

	if (digits / 2 > KS_MAX_OCTETS)
		ks_wrong(object, name, "more than 262144 octets");
	for (at = 0; at < digits / 2; at++) {
		int high = lower_hex_digit(text[2 * at]), low = lower_hex_digit(text[2 * at + 1]);

		if (high < 0 || low < 0)
			break;
		octets[at] = (uint8_t)(high << 4 | low);
	}
	if (2 * at != digits)
		ks_wrong(object, name, "not an even number of lower-case hex digits");
	*length = digits / 2;
	return octets;
}

/* One number of a dotted address; returns what follows it, or NULL. */
static const char *read_dotted(const char *text, uint8_t *octet)
{
	size_t digits = strspn(text, "0123456789");
	int number;

	if (digits < 1 || digits > 3 || (digits > 1 && text[0] == '0'))
		return NULL;
	number = atoi(text);
	if (number > 255)
		return NULL;
	*octet = (uint8_t)number;
	return text + digits;
}

uint32_t ks_ipv4(const struct ks_value *object, const char *name)
{
	const char *at = ks_text(object, name);
	uint8_t octets[4];
	uint32_t address;
	int which;

	for (which = 0; which < 4 && at != NULL; which++) {
		if (which > 0 && *at++ != '.')
			break;
		at = read_dotted(at, &octets[which]);
	}
	if (which < 4 || at == NULL || *at != '\0')
		ks_wrong(object, name, "not an IPv4 address");
	memcpy(&address, octets, sizeof address);
	return address;
}

/* The members are few, so each name is looked for from the start. */
static void refuse_unknown(const struct ks_value *object, const char *members)
{
	const struct ks_value *member;
	char optional[64];

	for (member = object->is.inside.first; member != NULL; member = member->next) {
		snprintf(optional, sizeof optional, "%s?", member->name);
		if (word_of(members, member->name) < 0 && word_of(members, optional) < 0)
			wrong(member, "unknown");
		if (find(object, member->name) != member)
			wrong(member, "given twice");
	}
}

void ks_members(const struct ks_value *object, const char *members)
{
	const char *word;
	char name[64];

	expect(object, IS_OBJECT);
	refuse_unknown(object, members);
	for (word = members; *word != '\0'; word += strspn(word, " ")) {
		size_t length = strcspn(word, " ");

		snprintf(name, sizeof name, "%.*s", (int)length, word);
		if (name[strlen(name) - 1] != '?' && find(object, name) == NULL)
			ks_wrong(object, name, "missing");
		word += length;
	}
}

const struct ks_value *ks_object(const struct ks_value *object, const char *name,
				 const char *members)
{
	const struct ks_value *member = find_as(object, name, IS_OBJECT);

	ks_members(member, members);
	return member;
}

const struct ks_value *ks_array_item(const struct ks_value *item, size_t max)
{
	char why[40];

	expect(item, IS_ARRAY);
	if (item->is.inside.count <= max)
		return item;
	snprintf(why, sizeof why, "more than %zu items", max);
	wrong(item, why);
}

const struct ks_value *ks_array(const struct ks_value *object, const char *name, size_t max)
{
	return ks_array_item(find_as(object, name, IS_ARRAY), max);
}

const struct ks_value *ks_record_item(const struct ks_value *item)
{
	expect(item, IS_OBJECT);
	return item;
}

const struct ks_value *ks_record(const struct ks_value *object, const char *name)
{
	return ks_record_item(find_as(object, name, IS_OBJECT));
}

const char *ks_key(const struct ks_value *item)
{
	return item->name;
}

size_t ks_count(const struct ks_value *array)
{
	return array->is.inside.count;
}

const struct ks_value *ks_first(const struct ks_value *array)
{
	return array->is.inside.first;
}

const struct ks_value *ks_next(const struct ks_value *item)
{
	return item->next;
}

/* --- The writer --------------------------------------------------------------------------- */

static struct text out;        /* the reply under way */
static bool comma;             /* whether the next member needs one before it */
static char closers[MAX_DEPTH]; /* of the arrays and objects that the handler has open */
static int open_count;

static void write_text(const char *text, size_t length)
{
	const char *end = text + length;
	char escaped[8];

	append(&out, "\"", 1);
	while (text < end) {
		unsigned char octet;
		const char *run = text;

		while (text < end && (unsigned char)*text >= 0x20 && *text != '"' && *text != '\\' &&
		       (unsigned char)*text != 0xed)
			text++;
		append(&out, run, (size_t)(text - run));
		if (text == end)
			break;
		octet = (unsigned char)*text++;
		if (octet != 0xed) {
			snprintf(escaped, sizeof escaped, "\\u%04x", octet);
			append_text(&out, escaped);
		} else if (end - text >= 2 && (unsigned char)text[0] >= 0xa0) {
			/* Half of a surrogate pair, which is no UTF-8: as an escape it may stand. */
			unsigned int code = 0xd000u | (text[0] & 0x3fu) << 6 | (text[1] & 0x3fu);

			snprintf(escaped, sizeof escaped, "\\u%04x", code);
			append_text(&out, escaped);
			text += 2;
		} else {
			append(&out, text - 1, 1);
		}
	}
	append(&out, "\"", 1);
}

static void write_name(const char *name)
{
	if (comma)
		append(&out, ",", 1);
	comma = true;
	if (name != NULL) {
		write_text(name, strlen(name));
		append(&out, ":", 1);
	}
}

void ks_put_int(const char *name, int64_t number)
{
	char digits[24];

	write_name(name);
	snprintf(digits, sizeof digits, "%lld", (long long)number);
	append_text(&out, digits);
}

void ks_put_number(const char *name, double number)
{
	char digits[32];

	write_name(name);
	snprintf(digits, sizeof digits, "%.15g", number);
	append_text(&out, digits);
}

void ks_put_bool(const char *name, bool truth)
{
	write_name(name);
	append_text(&out, truth ? "true" : "false");
}

void ks_put_null(const char *name)
{
	write_name(name);
	append_text(&out, "null");
}

void ks_put_string(const char *name, const char *text, size_t length)
{
	write_name(name);
	write_text(text, length);
}

void ks_put_text(const char *name, const char *text)
{
	ks_put_string(name, text, strlen(text));
}

void ks_put_octets(const char *name, const uint8_t *octets, size_t length)
{
	static const char digits[] = "0123456789abcdef";
	char *hex = arena_alloc(2 * length + 1);
	size_t at;

	for (at = 0; at < length; at++) {
		hex[2 * at] = digits[octets[at] >> 4];
		hex[2 * at + 1] = digits[octets[at] & 15];
	}
	write_name(name);
	append(&out, "\"", 1);
	append(&out, hex, 2 * length);
	append(&out, "\"", 1);
}

static void open_inside(const char *name, const char *opening, char closing)
{
	if (open_count == MAX_DEPTH)
		ks_fault("the answer is too deep");
	write_name(name);
	append_text(&out, opening);
	closers[open_count++] = closing;
	comma = false;
}

void ks_open_array(const char *name)
{
	open_inside(name, "[", ']');
}

void ks_open_object(const char *name)
{
	open_inside(name, "{", '}');
}

void ks_close(void)
{
	append(&out, &closers[--open_count], 1);
	comma = true;
}

/* --- Requests ----------------------------------------------------------------------------- */

static const struct ks_adapter *adapter;
static const char *profile = "notes";
static bool said_bye;

static const char profiles[] = "notes linux-2.6.11 bsd-4.4 linux-6";

/* The name of the profile outlives the request that asked for it. */
static const char *lasting_profile(int which)
{
	static const char *const names[] = {"notes", "linux-2.6.11", "bsd-4.4", "linux-6"};

	return adapter->profile != NULL ? adapter->profile : names[which];
}

static void require_protocol(const struct ks_value *args)
{
	const struct ks_value *item = ks_first(ks_array(args, "protocols", 1000));

	for (; item != NULL; item = ks_next(item)) {
		expect(item, IS_TEXT);
		if (strcmp(item->is.text.octets, PROTOCOL) == 0)
			return;
	}
	ks_fault("args.protocols: " PROTOCOL " is not among them");
}

static void hello(const struct ks_value *args)
{
	const struct ks_capability *capability;
	uint32_t seed;

	require_protocol(args);
	ks_text(args, "suite");
	profile = lasting_profile(ks_choice(args, "profile", profiles));
	seed = ks_word32(args, "seed");
	adapter->reset(profile, seed);
	ks_put_text("protocol", PROTOCOL);
	ks_put_text("name", adapter->name);
	ks_put_text("version", adapter->version);
	ks_open_object("capabilities");
	for (capability = adapter->capabilities; capability->name != NULL; capability++)
		ks_put_int(capability->name, capability->version);
	ks_close();
	ks_put_text("profile", profile);
	ks_put_bool("reset", !adapter->cannot_reset);
	ks_put_bool("batch", true);
	if (adapter->introduce != NULL)
		adapter->introduce();
}

static void reset(const struct ks_value *args)
{
	adapter->reset(profile, ks_word32(args, "seed"));
}

static void bye(const struct ks_value *args)
{
	(void)args;
	said_bye = true;
}

/* The capability is what stands before the dot. */
static bool is_declared(const char *op)
{
	size_t length = strcspn(op, ".");
	const struct ks_capability *capability;

	for (capability = adapter->capabilities; capability->name != NULL; capability++)
		if (strlen(capability->name) == length && memcmp(capability->name, op, length) == 0)
			return true;
	return false;
}

static const struct ks_operation *find_operation(const struct ks_operation *operation,
						 const char *op)
{
	for (; operation->name != NULL; operation++)
		if (strcmp(operation->name, op) == 0)
			return operation;
	return NULL;
}

static void call(const struct ks_operation *operation, const struct ks_value *args)
{
	call_args = args;
	if (operation->args != NULL)
		ks_members(args, operation->args);
	operation->handler(args);
}

static void poll_call(const struct ks_value *args)
{
	const char *token = ks_text(args, "call");

	if (adapter->poll == NULL)
		ks_unsupported("poll");
	adapter->poll(token);
}

static const struct ks_operation poll_operation = {"poll", poll_call, "call"};

static void call_port(const char *op, const struct ks_value *args)
{
	const struct ks_operation *operation = NULL;

	if (strcmp(op, "poll") == 0)
		operation = &poll_operation;
	else if (is_declared(op))
		operation = find_operation(adapter->operations, op);
	if (operation == NULL)
		ks_unsupported(op);
	call(operation, args);
}

static void put_reason(void)
{
	if (strcmp(reason_kind, "parked") != 0) {
		ks_put_text(reason_kind, reason);
		return;
	}
	ks_open_object("parked");
	ks_put_text("call", reason);
	if (waits_for[0] != '\0')
		ks_put_text("waitsFor", waits_for);
	ks_close();
}

/* Writes the one member of an answer: "ok", "errno", "bug", "unsupported", "fault" or "parked". */
static void answer(void (*work)(const char *op, const struct ks_value *args), const char *op,
		   const struct ks_value *args)
{
	jmp_buf here, *outer = escape;
	size_t start = out.length;
	int outer_count = open_count;

	comma = false;
	escape = &here;
	if (setjmp(here) == 0) {
		ks_open_object("ok");
		work(op, args);
		while (open_count > outer_count)
			ks_close();
	} else {
		out.length = start;
		open_count = outer_count;
		comma = false;
		put_reason();
	}
	escape = outer;
}

/* Everything is checked before the first call is made. */
static void check_batch(const struct ks_value *calls)
{
	const struct ks_value *item;

	if (ks_count(calls) == 0)
		wrong(calls, "empty");
	for (item = ks_first(calls); item != NULL; item = ks_next(item)) {
		ks_members(item, "op args");
		ks_text(item, "op");
		find_as(item, "args", IS_OBJECT);
	}
}

static void batch(const struct ks_value *args)
{
	const struct ks_value *calls = ks_array(args, "calls", MAX_LINE), *item;

	check_batch(calls);
	ks_open_array("answers");
	for (item = ks_first(calls); item != NULL; item = ks_next(item)) {
		ks_open_object(NULL);
		answer(call_port, ks_text(item, "op"), find(item, "args"));
		ks_close();
	}
	ks_close();
}

static const struct ks_operation own_operations[] = {
	{"hello", hello, NULL}, /* a later suite may tell more */
	{"reset", reset, "seed"},
	{"batch", batch, "calls"},
	{"bye", bye, ""},
	{NULL, NULL, NULL},
};

static void call_any(const char *op, const struct ks_value *args)
{
	const struct ks_operation *operation = find_operation(own_operations, op);

	if (operation != NULL)
		call(operation, args);
	else
		call_port(op, args);
}

/* --- The loop ----------------------------------------------------------------------------- */

static struct text line;   /* the request, without its newline but with a NUL octet behind it */
static bool line_too_long; /* the rest of it was thrown away */
static int64_t request_id; /* 0 when the request does not tell it */

/* Returns false at the end of the input. */
static bool read_line(void)
{
	int octet;

	line.length = 0;
	line_too_long = false;
	while ((octet = getc_unlocked(stdin)) != EOF && octet != '\n') {
		char as_char = (char)octet;

		if (line.length < MAX_LINE - 1)
			append(&line, &as_char, 1);
		else
			line_too_long = true;
	}
	if (octet == EOF && line.length == 0)
		return false;
	append(&line, "", 1);
	line.length--;
	return true;
}

/* Runs as the work of answer(), so that a bad line is answered with a fault like any other. */
static void serve_line(const char *op, const struct ks_value *args)
{
	const struct ks_value *request;

	(void)op;
	(void)args;
	if (line_too_long)
		ks_fault("a line of more than %u octets", MAX_LINE);
	request = read_json(&line);
	request_id = ks_int(request, "id", 1, INT64_C(1) << 53);
	ks_members(request, "id op args");
	call_any(ks_text(request, "op"), find_as(request, "args", IS_OBJECT));
}

static void write_reply(void)
{
	if (out.length + 64 > MAX_LINE) {
		out.length = 0;
		append_text(&out, "\"fault\":\"the answer does not fit into a line\"");
	}
	printf("{\"id\":%lld,%.*s}\n", (long long)request_id, (int)out.length, out.octets);
	if (fflush(stdout) != 0)
		die("cannot write");
}

static void forget_call(void)
{
	arena_clear();
	out.length = 0;
	open_count = 0;
	call_args = NULL;
	request_id = 0;
}

int ks_run(const struct ks_adapter *the_adapter)
{
	adapter = the_adapter;
	profile = lasting_profile(0);
	adapter->reset(profile, 0);
	while (!said_bye && read_line()) {
		forget_call();
		answer(serve_line, NULL, NULL);
		write_reply();
	}
	adapter->reset(profile, 0);
	forget_call();
	free_pieces_but(NULL);
	free(out.octets);
	free(line.octets);
	return 0;
}
