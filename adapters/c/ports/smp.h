/*
 * smp.h - several processors that take turns step by step, so that any interleaving can be had.
 */
#ifndef SMP_H
#define SMP_H

#include "../kernspec.h"

/* Room for the word that says what a processor did in one step. */
#define STEP_WORD_SIZE 80

#define SMP_MAX_STEPS 20000

struct smp {
	int processors;
	bool (*finished)(void *context, int processor);
	void (*step)(void *context, int processor, char word[STEP_WORD_SIZE]);
	void *context;
};

/* One step of taking a lock; true if the processor has it now, else it spins. */
bool smp_lock(bool *held, char word[STEP_WORD_SIZE]);
void smp_unlock(bool *held, char word[STEP_WORD_SIZE]);

/* Runs all to their end, first by args.schedule, and puts `steps` into the answer. */
void smp_run(const struct smp *smp, const struct ks_value *args);

#endif
