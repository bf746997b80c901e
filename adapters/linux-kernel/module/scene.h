/* SPDX-License-Identifier: GPL-2.0 */
/*
 * scene.h - a scene of softirqs, and how it is played.
 */
#ifndef MODULE_SCENE_H
#define MODULE_SCENE_H

#include <linux/interrupt.h>
#include <linux/irq_work.h>

#include "kernspec.h"

struct line {
	bool busy; /* it has interrupted, and its handler has not ended */
	bool began;
};

struct stage {
	const struct kspec_scene *scene;
	const struct kspec_scene_action *actions;
	struct kspec_happening *trace;
	struct line lines[KSPEC_ACTORS_MAX];
	struct irq_work interrupt;
	u16 waiting[KSPEC_ACTORS_MAX]; /* lines that have interrupted and whose handler has not begun */
	u32 waiting_count;
	struct tasklet_struct tasklets[KSPEC_ACTORS_MAX];
	u32 happened, steps, us, raised;
	const char *misuse; /* what ends it before its end */
	bool over;

	/* The run over the pending vectors that is under way or was the last. */
	enum kspec_context run;
	u32 pass, left_pending;

	int disabled; /* bottom halves, by scripts: so often */
	u16 items[KSPEC_SCENE_STEPS_MAX + 1];
	u32 item_count;
	u16 done[KSPEC_SCRIPT_MAX * (1 + 3 * KSPEC_ACTORS_MAX)];
};

extern struct stage *stage;

/* The vectors' own functions, which hand over to the scene what is the scene's. */
bool softirq_is_there(void);
void softirq_install(void);
void softirq_remove(void);
void softirq_raise(u32 vector);
bool softirq_thread_runs(void);

/* The kernel's own functions do what has been raised, and what tasklets are left. */
void softirq_raise_rest(void);

int scene_play(struct kspec_call *call, void *octets);

void stage_note(enum kspec_event event, enum kspec_context context, u32 which, u32 pass);
void stage_misuse(const char *what);
bool stage_step(void); /* whether it goes on */
enum kspec_context stage_context(void);
void stage_perform(const struct kspec_script *script);

/* A run over the pending vectors begins. */
void stage_run_begins(enum kspec_context from);

#endif
