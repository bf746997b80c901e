/*
 * faulting.h - calls with a pointer that leads nowhere.
 */
#ifndef LINUX_FAULTING_H
#define LINUX_FAULTING_H

struct ks_value;

void faulting_bind(const struct ks_value *args);
void faulting_connect(const struct ks_value *args);
void faulting_send(const struct ks_value *args);
void faulting_receive(const struct ks_value *args);
void faulting_accept(const struct ks_value *args);
void faulting_name(const struct ks_value *args);
void faulting_set_option(const struct ks_value *args);
void faulting_get_option(const struct ks_value *args);
void faulting_memory(const struct ks_value *args);

#endif
