/*
 * system.h - Linux's calls, for what all systems with sockets have in common (../sockets).
 */
#ifndef LINUX_SYSTEM_H
#define LINUX_SYSTEM_H

#include <fcntl.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "host.h"
#include "interfaces.h"

/* What is added to the type of a socket that is made. */
#define SOCKET_FLAGS SOCK_CLOEXEC

#endif
