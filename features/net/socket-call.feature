@cap:network @cap:socket-call @cap:descriptor
Feature: Sockets as descriptors
  A program makes a socket by a system call and gets a descriptor for it, from the one table in which files, pipes and
  devices are. The calls on sockets are system calls with numbers; what is done with any descriptor is done with this one.

  Background:
    Given interface eth0 at 10.0.0.1/24
    And neighbour 10.0.0.2 on eth0

  @SCL-09 @must
  Rule: Sockets are used by system calls with numbers
    Source: Linux 2.6.11, asm-i386/unistd.h, linux/net.h; 4.4BSD, kern/syscalls.master; asm/unistd_64.h

    Scenario: Each call has one
      Then each call that a program needs for sockets has a number
      And no two calls on sockets have the same number

    Scenario: A number that no call has
      When alice makes a system call that there is not
      Then the call fails with ENOSYS

    Scenario: socket returns a descriptor
      When alice makes a socket by its number
      Then the system call of alice returns 0

    Scenario: bind and getsockname
      Given alice has made a socket by its number
      And alice has bound descriptor 0 to 10.0.0.1:80
      When alice calls getsockname on descriptor 0 by its number
      Then the system call of alice tells 10.0.0.1:80

    Scenario: listen is willing, and a SYN is answered
      Given alice has made a socket by its number
      And alice has bound descriptor 0 to 10.0.0.1:80
      When alice listens at descriptor 0 with a backlog of 5
      Then the peer sends "S 0:0(0) win 65535 <mss 1460>"
      And the peer gets "S. 0:0(0) ack 1"

    Scenario: accept returns another descriptor, and tells who has come
      Given alice listens at 10.0.0.1:80 by descriptor 0
      And the peer has connected
      When alice accepts from descriptor 0
      Then the system call of alice returns 1
      And the system call of alice tells where the peer is

    Scenario: It sleeps until somebody comes
      Given alice listens at 10.0.0.1:80 by descriptor 0
      And alice accepts from descriptor 0
      And alice sleeps
      When the peer has connected
      Then the system call of alice returns 1

    Scenario: getpeername
      Given alice listens at 10.0.0.1:80 by descriptor 0
      And the peer has connected
      And alice has accepted from descriptor 0
      When alice calls getpeername on descriptor 1 by its number
      Then the system call of alice tells where the peer is

    Scenario: connect sleeps until the handshake is complete
      Given alice has made a socket by its number
      And alice connects descriptor 0 to 10.0.0.2:80
      And the peer has got "S 0:0(0)"
      And alice sleeps
      When the peer sends "S. 0:0(0) ack 1 win 65535"
      Then the peer gets ". 1:1(0) ack 1"
      And the system call of alice returns 0

    Scenario: Refused
      Given alice has made a socket by its number
      And alice connects descriptor 0 to 10.0.0.2:80
      And the peer has got "S 0:0(0)"
      When the peer sends "R. 0:0(0) ack 1"
      Then the call of alice fails with ECONNREFUSED

    Scenario Outline: <call> sends
      Given the system has <call> under a number
      And alice listens at 10.0.0.1:80 by descriptor 0
      And the peer has connected
      And alice has accepted from descriptor 0
      When alice calls <call> with 100 octets on descriptor 1 by its number
      Then the system call of alice returns 100
      And the peer gets "P. 1:101(100) ack 1"

      Examples:
        | call    |
        | send    |
        | sendto  |
        | sendmsg |
        | write   |

    Scenario Outline: <call> receives
      Given the system has <call> under a number
      And alice listens at 10.0.0.1:80 by descriptor 0
      And the peer has connected
      And alice has accepted from descriptor 0
      And the peer has sent "P. 1:101(100) ack 1"
      When alice calls <call> for up to 60 octets on descriptor 1 by its number
      Then the system call of alice returns 60
      And alice has the first 60 octets of the stream

      Examples:
        | call     |
        | recv     |
        | recvfrom |
        | recvmsg  |
        | read     |

    Scenario: shutdown ends one half
      Given alice listens at 10.0.0.1:80 by descriptor 0
      And the peer has connected
      And alice has accepted from descriptor 0
      When alice calls shutdown on descriptor 1 by its number
      Then the peer gets "F. 1:1(0) ack 1"

    Scenario: setsockopt and getsockopt
      Given alice has made a socket by its number
      And alice has set SO_RCVLOWAT of descriptor 0 to 77 by its number
      Then SO_RCVLOWAT of descriptor 0 of alice is 77 by its number

    Scenario: close ends the connection
      Given alice listens at 10.0.0.1:80 by descriptor 0
      And the peer has connected
      And alice has accepted from descriptor 0
      When alice calls close on descriptor 1 by its number
      Then the peer gets "F. 1:1(0) ack 1"

    Scenario: What the system does not have
      When alice makes a socket of AF_UNKNOWN, SOCK_STREAM, 0 by its number
      Then the call fails with EAFNOSUPPORT

  @SCL-09 @must
  Rule: A call on what is no socket fails with ENOTSOCK, and on what is not open with EBADF
    Source: POSIX.1-2001; Linux 2.6.11, net/socket.c, sockfd_lookup(); 4.4BSD, kern/uipc_syscalls.c, getsock()

    Background:
      Given alice has made a pipe

    Scenario Outline: <call>
      When alice calls <call> on descriptor 0 by its number
      Then the call fails with ENOTSOCK
      And alice calls <call> on descriptor 7 by its number
      And the call fails with EBADF
      And alice calls <call> on descriptor -1 by its number
      And the call fails with EBADF

      Examples:
        | call        |
        | bind        |
        | listen      |
        | accept      |
        | connect     |
        | sendto      |
        | recvfrom    |
        | shutdown    |
        | getsockname |
        | getpeername |
        | setsockopt  |
        | getsockopt  |

  @KRN-13 @must
  Rule: Sockets are in the one table of descriptors, with files, pipes and devices
    Source: POSIX.1-2001, socket(), accept(): the lowest number that is free; Linux 2.6.11, net/socket.c, sock_map_fd()

    Scenario: Numbers go on where others have ended, and the other way round
      Given alice has opened /dev/null with O_RDWR
      When alice makes a socket by its number
      Then the system call of alice returns 1
      And alice makes a pipe
      And alice gets descriptors 2 and 3
      And alice makes a socket by its number
      And the system call of alice returns 4

    Scenario: The lowest that is free
      Given alice has opened /dev/null 4 times
      And alice has closed descriptor 2
      When alice makes a socket by its number
      Then the system call of alice returns 2

    Scenario: A connection gets the lowest as well
      Given alice listens at 10.0.0.1:80 by descriptor 0
      And alice has opened /dev/null 3 times
      And alice has closed descriptor 2
      And the peer has connected
      When alice accepts from descriptor 0
      Then the system call of alice returns 2

    Scenario: There is none left
      Given alice was limited to 20 descriptors
      And alice has opened /dev/null 20 times
      When alice makes a socket by its number
      Then the call fails with EMFILE

    Scenario: Closing the last of two descriptors ends the connection, and not the first
      Given alice listens at 10.0.0.1:80 by descriptor 0
      And the peer has connected
      And alice has accepted from descriptor 0
      And alice has duplicated descriptor 1
      And alice has closed descriptor 1
      And the peer gets nothing
      When alice closes descriptor 2
      Then the peer gets "F. 1:1(0) ack 1"

    Scenario: A child has the connection too
      Given alice listens at 10.0.0.1:80 by descriptor 0
      And the peer has connected
      And alice has accepted from descriptor 0
      And alice has forked bob
      And alice has closed descriptor 1
      And the peer gets nothing
      And the peer is given other octets
      When bob writes "hi" to descriptor 1
      Then the peer gets "P. 1:3(2) ack 1"

    Scenario: A task that exits ends its connections
      Given alice listens at 10.0.0.1:80 by descriptor 0
      And the peer has connected
      And alice has accepted from descriptor 0
      When alice exits
      Then the peer gets "F. 1:1(0) ack 1"

    Scenario: When what listens is closed, who waits is reset
      Given alice listens at 10.0.0.1:80 by descriptor 0
      And the peer has connected
      When alice closes descriptor 0
      Then the peer gets "R. 1:1(0) ack 1"

  @KRN-13 @must
  Rule: accept without a free descriptor fails with EMFILE
    Source: Linux 2.6.11, net/socket.c, sys_accept(), sock_map_fd(); Linux 6, net/socket.c; 4.4BSD, accept1()

    Background:
      Given alice was limited to 20 descriptors
      And alice listens at 10.0.0.1:80 by descriptor 0
      And alice has opened /dev/null 19 times
      And the peer has connected

    @profile:notes @profile:linux-2.6.11
    Scenario: The connection is lost
      When alice accepts from descriptor 0
      Then the call fails with EMFILE
      And the peer gets "F. 1:1(0) ack 1"

    @profile:linux-6 @profile:bsd-4.4
    Scenario: The connection waits on
      Given alice accepts from descriptor 0
      And the call fails with EMFILE
      And the peer gets nothing
      And alice has closed descriptor 5
      When alice accepts from descriptor 0
      Then the system call of alice returns 5

  @KRN-13 @must @cap:open-files
  Rule: accept fails with ENFILE when no more files may be open in the whole system
    Source: POSIX.1-2001, accept(), ENFILE; Linux 2.6.11, net/socket.c, sock_map_fd(); Linux 6, net/socket.c, do_accept(); 4.4BSD, kern/kern_descrip.c, falloc()

    Background:
      Given alice listens at 10.0.0.1:80 by descriptor 0
      And bob has opened /dev/null 3 times
      And the peer has connected

    Scenario: The last one that may be
      Given the system was limited to 5 open files
      When alice accepts from descriptor 0
      Then the system call of alice returns 1
      And alice makes a socket by its number
      And the call fails with ENFILE

    @profile:notes @profile:linux-2.6.11
    Scenario: A connection that no file has room for is lost
      Given the system was limited to 4 open files
      When alice accepts from descriptor 0
      Then the call fails with ENFILE
      And the peer gets "F. 1:1(0) ack 1"

    @profile:linux-6 @profile:bsd-4.4
    Scenario: A connection that no file has room for waits on
      Given the system was limited to 4 open files
      And alice accepts from descriptor 0
      And the call fails with ENFILE
      And the peer gets nothing
      And bob has closed descriptor 1
      When alice accepts from descriptor 0
      Then the system call of alice returns 1

    @profile:bsd-4.4
    Scenario: Who has none to take is not told in 4.4BSD
      Given alice has accepted from descriptor 0
      And the system was limited to 5 open files
      When alice accepts from descriptor 0
      Then alice sleeps

    @profile:linux-6
    Scenario: In Linux 6 it is told before it looks
      Given alice has accepted from descriptor 0
      And the system was limited to 5 open files
      When alice accepts from descriptor 0
      Then the call fails with ENFILE

  @KRN-14 @must
  Rule: read, write, ioctl and close of a socket reach the routines of sockets
    Source: Linux 2.6.11, net/socket.c, socket_file_ops; 4.4BSD, kern/sys_socket.c, socketops

    Background:
      Given alice listens at 10.0.0.1:80 by descriptor 0
      And the peer has connected
      And alice has accepted from descriptor 0

    Scenario: read gives what has come
      Given the peer has sent "P. 1:11(10) ack 1"
      When alice reads up to 100 octets from descriptor 1
      Then alice has the first 10 octets of the stream

    Scenario: It sleeps until something comes
      Given alice sleeps in a read of descriptor 1
      When the peer sends "P. 1:11(10) ack 1"
      Then alice has the first 10 octets of the stream

    Scenario: Or fails with EAGAIN where it does not block
      Given alice has set O_NONBLOCK of descriptor 1
      When alice reads up to 1 octet from descriptor 1
      Then the call fails with EAGAIN

    Scenario: It tells the end of the stream
      Given the peer has sent "F. 1:1(0) ack 1"
      When alice reads up to 1 octet from descriptor 1
      Then alice gets end of file

    Scenario: And that the peer has reset
      Given the peer has sent "R 1:1(0)"
      When alice reads up to 1 octet from descriptor 1
      Then the call fails with ECONNRESET

    Scenario: write sends
      Given the peer is given other octets
      When alice writes "hello" to descriptor 1
      Then alice has put 5 octets in
      And the peer gets "P. 1:6(5) ack 1"

    Scenario: After its own end it fails with EPIPE, and SIGPIPE comes
      Given alice has called shutdown on descriptor 1 by its number
      When alice writes "hello" to descriptor 1
      Then the call fails with EPIPE
      And the signals of alice were SIGPIPE

    Scenario: There is no place to seek to
      When alice moves descriptor 1 by 0 from SEEK_CUR
      Then the call fails with ESPIPE

    Scenario: FIONREAD counts what can be read
      Given the peer has sent "P. 1:11(10) ack 1"
      When alice asks descriptor 1 for FIONREAD
      Then the request gives 10

    Scenario: TIOCOUTQ counts what is not acknowledged
      Given alice has written "hello" to descriptor 1
      When alice asks descriptor 1 for TIOCOUTQ
      Then the request gives 5

    Scenario: A socket that listens has nothing to read
      When alice calls read on descriptor 0
      Then the call fails with ENOTCONN

    Scenario: A signal interrupts a read
      Given alice sleeps in a read of descriptor 1
      When a signal comes to alice, whose handler has not SA_RESTART
      Then the call of alice fails with EINTR

  @KRN-14 @cap:select @must
  Rule: select waits for sockets as for anything else
    Source: Linux 2.6.11, net/socket.c, sock_poll(), net/ipv4/tcp.c, tcp_poll(); 4.4BSD, kern/sys_socket.c, soo_select()

    Background:
      Given alice listens at 10.0.0.1:80 by descriptor 0

    Scenario: Nobody has come
      When alice selects reading 0 for 0 ms
      Then alice is told of nothing

    Scenario: Somebody who comes makes the socket readable that listens
      Given alice sleeps in a select of reading 0
      When the peer has connected
      Then alice is told of reading 0

    Scenario: A connection is writable at once
      Given the peer has connected
      And alice has accepted from descriptor 0
      When alice selects reading 1; writing 1
      Then alice is told of writing 1

    Scenario: Octets that come wake who waits to read
      Given the peer has connected
      And alice has accepted from descriptor 0
      And alice sleeps in a select of reading 1
      When the peer sends "P. 1:11(10) ack 1"
      Then alice is told of reading 1

    Scenario: A pipe and a socket at once
      Given alice has made a pipe
      And alice sleeps in a select of reading 0, 1
      When the peer has connected
      Then alice is told of reading 0

    Scenario: The peer's end is read without sleeping
      Given the peer has connected
      And alice has accepted from descriptor 0
      And alice sleeps in a select of reading 1
      When the peer sends "F. 1:1(0) ack 1"
      Then alice is told of reading 1
