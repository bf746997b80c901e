/*
 * ports/smp.c - several processors that take turns step by step.
 *
 * A step is what no other processor can see half of: one look at memory, one write.
 */
#include "smp.h"

#include <string.h>

bool smp_lock(bool *held, char word[STEP_WORD_SIZE])
{
	bool taken = !*held;

	strcpy(word, taken ? "lock" : "spin");
	*held = true;
	return taken;
}

void smp_unlock(bool *held, char word[STEP_WORD_SIZE])
{
	strcpy(word, "unlock");
	*held = false;
}

/* A processor that is done, or was never there, lets its turn pass. */
static bool take_step(const struct smp *smp, int processor, int *steps)
{
	char word[STEP_WORD_SIZE];

	if (processor >= smp->processors || smp->finished(smp->context, processor))
		return false;
	if (++*steps > SMP_MAX_STEPS)
		ks_bug("the processors do not come to an end");
	smp->step(smp->context, processor, word);
	ks_open_object(NULL);
	ks_put_int("processor", processor);
	ks_put_text("step", word);
	ks_close();
	return true;
}

static void take_turns(const struct smp *smp, int *steps)
{
	bool anyone = true;
	int processor;

	while (anyone) {
		anyone = false;
		for (processor = 0; processor < smp->processors; processor++)
			anyone |= take_step(smp, processor, steps);
	}
}

/* All turns are read before the first is taken, so that a bad one changes nothing. */
static int *read_turns(const struct ks_value *array)
{
	const struct ks_value *item;
	int *turns = ks_alloc((ks_count(array) + 1) * sizeof *turns);
	size_t count = 0;

	for (item = ks_first(array); item != NULL; item = ks_next(item))
		turns[count++] = (int)ks_int_item(item, 0, 7);
	return turns;
}

void smp_run(const struct smp *smp, const struct ks_value *args)
{
	const struct ks_value *schedule = ks_array(args, "schedule", 10000);
	const int *turns = read_turns(schedule);
	size_t turn;
	int steps = 0;

	ks_open_array("steps");
	for (turn = 0; turn < ks_count(schedule); turn++)
		take_step(smp, turns[turn], &steps);
	take_turns(smp, &steps);
	ks_close();
}
