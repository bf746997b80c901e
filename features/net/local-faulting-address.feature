@cap:unix-socket @cap:faulting-address
Feature: Pointers that lead nowhere, handed to local sockets
  What is copied between two programs of one host is copied twice, out of one and into the other. Either copy may meet an
  address at which the program has no memory; the calls are those of other sockets, and the order is the domain's own.

  @SOC-04 @BND-01 @must
  Rule: The length of a name is looked at, then it is copied in, and only then is anything done with it
    Source: Linux 2.6.11, net/socket.c, sys_bind(), sys_connect(), move_addr_to_kernel(); 4.4BSD, kern/uipc_syscalls.c, sockargs()

    Background:
      Given alice has a local stream socket

    Scenario Outline: <length> octets
      When alice binds with an address at no memory, of <length> octets
      Then the call fails with <errno>
      And the local socket of alice has no name
      When alice connects with an address at no memory, of <length> octets
      Then the call fails with <errno>

      Examples:
        | length | errno  |
        | -1     | EINVAL |
        | 1      | EFAULT |
        | 2      | EFAULT |
        | 110    | EFAULT |
        | 129    | EINVAL |

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario Outline: In Linux <length> octets
      When alice binds with an address at no memory, of <length> octets
      Then the call fails with <errno>
      When alice connects with an address at no memory, of <length> octets
      Then the call fails with <errno>

      Examples: Nothing is copied of no octets, and they are no name; there is room for 128
        | length | errno  |
        | 0      | EINVAL |
        | 128    | EFAULT |

    Scenario: Afterwards the socket can be bound
      Given alice binds with an address at no memory, of 6 octets
      When alice binds to "door"
      Then the local socket of alice is named "door"

    Scenario: The name is followed before anybody asks whether the socket is connected
      Given bob has a local stream connection to carol
      When bob connects with an address at no memory, of 6 octets
      Then the call fails with EFAULT

    Scenario: Or whether it is closed
      Given alice has closed the local socket
      When alice binds with an address at no memory, of 6 octets
      Then the call fails with EBADF

  @SOC-04 @SND-01 @must
  Rule: A message that cannot be copied in whole is not sent
    Source: Linux 2.6.11, net/unix/af_unix.c, unix_dgram_sendmsg(), memcpy_fromiovec(); 4.4BSD, kern/uipc_socket.c, sosend()

    Background:
      Given alice and bob have a pair of local datagram sockets

    Scenario Outline: <length> octets, of which <there> are there
      When alice sends <length> octets where memory ends after <there>
      Then the call fails with EFAULT
      And alice sends "next" locally
      And bob receives locally
      And bob gets "next", the whole message

      Examples:
        | length | there |
        | 1      | 0     |
        | 10     | 9     |
        | 2048   | 2047  |

    Scenario Outline: What is all there goes: <length> octets
      When alice sends <length> octets where memory ends after <length>
      Then the local send of alice has taken <length> octets

      Examples: Where there is nothing to copy nothing is missed
        | length |
        | 10     |
        | 0      |

    Scenario Outline: The <pointer>
      When alice sends with the <pointer> at no memory
      Then the call fails with EFAULT
      And bob receives locally without waiting
      And the call fails with EAGAIN

      Examples:
        | pointer |
        | octets  |
        | address |
        | msg_iov |
        | msghdr  |

    Scenario: The length is looked at first
      When alice sends 213000 octets where memory ends after 0
      Then the call fails with EMSGSIZE

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario: Whether the receiver has room is asked behind that
      Given carol has a local datagram socket named "mailbox"
      And dave has a local datagram socket
      And dave has connected to "mailbox"
      And dave has sent messages of 1 octet locally until there was no room
      When dave sends 10 octets where memory ends after 9
      Then the call fails with EFAULT
      When dave sends "next" locally without waiting
      Then the call fails with EAGAIN

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario: So is whether there is one
      Given bob has closed the local socket
      When alice sends 10 octets where memory ends after 9
      Then the call fails with EFAULT
      When alice sends "next" locally
      Then the call fails with ECONNREFUSED

    @profile:bsd-4.4
    Scenario: 4.4BSD tells the error first that waits
      Given bob has closed the local socket
      When alice sends 10 octets where memory ends after 9
      Then the call fails with ECONNRESET

    @profile:notes @profile:linux-2.6.11
    Scenario: Without a peer Linux 2.6.11 does not come to it
      Given carol has a local datagram socket
      When carol sends 10 octets where memory ends after 9
      Then the call fails with ENOTCONN

    @profile:linux-6
    Scenario Outline: Linux 6.18 asks for the peer when all is copied: <length> octets, of which <there> are there
      Given carol has a local datagram socket
      When carol sends <length> octets where memory ends after <there>
      Then the call fails with <errno>

      Examples:
        | length | there | errno    |
        | 10     | 9     | EFAULT   |
        | 10     | 10    | ENOTCONN |
        | 213000 | 0     | EMSGSIZE |

    @profile:bsd-4.4
    Scenario: Without a peer 4.4BSD does not come to it
      Given carol has a local datagram socket
      When carol sends 10 octets where memory ends after 9
      Then the call fails with EDESTADDRREQ

  @SOC-04 @SND-01 @must @profile:notes @profile:linux-2.6.11 @profile:linux-6
  Rule: A sequenced packet that cannot be copied in whole is not sent either
    Source: Linux 2.6.11, net/unix/af_unix.c, unix_seqpacket_sendmsg()

    Scenario: Its last octet is not there
      Given alice and bob have a pair of local sequenced-packet sockets
      When alice sends 10 octets where memory ends after 9
      Then the call fails with EFAULT
      And alice sends "next" locally
      And bob receives locally
      And bob gets "next", the whole message

  @SOC-04 @RCV-01 @must
  Rule: A message that cannot be copied out is lost
    Source: Linux 2.6.11, net/unix/af_unix.c, unix_dgram_recvmsg(), out_free; 4.4BSD, kern/uipc_socket.c, soreceive(), sbdroprecord()

    Background:
      Given alice and bob have a pair of local datagram sockets
      And alice has sent "hello" locally
      And alice has sent "next" locally

    Scenario Outline: <size> octets at most, and memory for <there>
      When bob receives up to <size> octets where memory ends after <there>
      Then the call fails with EFAULT
      And bob receives locally
      And bob gets "next"

      Examples:
        | size | there |
        | 100  | 0     |
        | 100  | 4     |
        | 3    | 2     |

    Scenario Outline: What is not needed may be nowhere: <size> octets, and memory for <there>
      When bob receives up to <size> octets where memory ends after <there>
      Then bob gets <message>

      Examples:
        | size | there | message |
        | 100  | 5     | "hello" |
        | 3    | 3     | "hel"   |
        | 0    | 0     | ""      |

    Scenario: Who only looks loses nothing
      When bob looks at up to 100 octets where memory ends after 4
      Then the call fails with EFAULT
      And bob receives locally
      And bob gets "hello"

    Scenario: Where there is none the pointer is not followed
      When alice receives up to 100 octets where memory ends after 0
      Then the call fails with EAGAIN

    Scenario Outline: The <pointer> is needed to begin with
      When bob receives with the <pointer> at no memory
      Then the call fails with EFAULT
      And bob receives locally
      And bob gets "hello"

      Examples:
        | pointer |
        | msg_iov |
        | msghdr  |

    @cap:descriptor-passing
    Scenario: The descriptors that came with it are closed
      Given carol and dave have a pair of local stream sockets
      And bob has received locally
      And bob has received locally
      And alice has sent "take" locally with the descriptor of carol
      And carol has closed the local socket
      When bob receives up to 100 octets where memory ends after 0
      Then the call fails with EFAULT
      And dave receives locally
      And dave gets end of file

  @SOC-04 @RCV-01 @must
  Rule: The name of a sender is needed when the message is taken, if it has one
    Source: Linux 2.6.11, net/socket.c, sys_recvfrom(), msg_namelen; net/unix/af_unix.c, unix_copy_addr(); Linux 6.18,
    net/socket.c, __sys_recvfrom(); 4.4BSD, kern/uipc_syscalls.c, recvit(); kern/uipc_usrreq.c, sun_noname

    Background:
      Given alice and bob have a pair of local datagram sockets

    Scenario: It has
      Given alice has bound to "window"
      And alice has sent "hello" locally
      When bob receives with the address at no memory
      Then the call fails with EFAULT
      And bob receives locally without waiting
      And the call fails with EAGAIN

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario: It has not, and Linux has nothing to write
      Given alice has sent "hello" locally
      When bob receives with the address at no memory
      Then bob gets "hello"

    @profile:bsd-4.4
    Scenario: It has not, and 4.4BSD writes that
      Given alice has sent "hello" locally
      When bob receives with the address at no memory
      Then the call fails with EFAULT
      And bob receives locally without waiting
      And the call fails with EAGAIN

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario: The length of a name is looked at when the message is taken
      Given alice has bound to "window"
      And alice has sent "hello" locally
      When bob receives with the address-length at no memory
      Then the call fails with EFAULT
      And bob receives locally without waiting
      And the call fails with EAGAIN

    @profile:notes @profile:linux-2.6.11
    Scenario: Where there is no name Linux 2.6.11 tells no length
      Given alice has sent "hello" locally
      When bob receives with the address-length at no memory
      Then bob gets "hello"

    @profile:linux-6
    Scenario: Linux 6.18 tells that it is nothing
      Given alice has sent "hello" locally
      And bob receives with the address at no memory
      And the length that bob has handed over is 0 afterwards
      And alice has sent "hello" locally
      When bob receives with the address-length at no memory
      Then the call fails with EFAULT
      And bob receives locally without waiting
      And the call fails with EAGAIN

    @profile:bsd-4.4
    Scenario: 4.4BSD looks at it first
      Given alice has sent "hello" locally
      When bob receives with the address-length at no memory
      Then the call fails with EFAULT
      And bob receives locally
      And bob gets "hello"

  @SOC-04 @SND-02 @must
  Rule: Of a stream the pieces that were copied in are sent, and the one that was not is not
    Source: Linux 2.6.11, net/unix/af_unix.c, unix_stream_sendmsg(), SKB_MAX_ALLOC; Linux 6.18: UNIX_SKB_FRAGS_SZ more, in
    pages; 4.4BSD, kern/uipc_socket.c, sosend(): an mbuf

    Background:
      Given alice and bob have a pair of local stream sockets

    Scenario Outline: The only piece: <length> octets, of which <there> are there
      When alice sends <length> octets where memory ends after <there>
      Then the call fails with EFAULT
      And alice sends "next" locally
      And bob receives locally
      And bob gets "next"

      Examples:
        | length | there |
        | 1      | 0     |
        | 100    | 99    |

    Scenario: All of it is there
      When alice sends 100 octets where memory ends after 100
      Then the local send of alice has taken 100 octets

    @profile:notes @profile:linux-2.6.11
    Scenario Outline: Linux 2.6.11 takes 16224 octets at a time: of 40000 there are <there>
      When alice sends 40000 octets where memory ends after <there>
      Then the local send of alice has taken <taken> octets

      Examples:
        | there | taken |
        | 16224 | 16224 |
        | 32447 | 16224 |
        | 32448 | 32448 |

    @profile:notes @profile:linux-2.6.11
    Scenario: It has nothing of less
      When alice sends 40000 octets where memory ends after 16223
      Then the call fails with EFAULT

    @profile:linux-6
    Scenario Outline: Linux 6.18 takes 36544 octets at a time: of 100000 there are <there>
      When alice sends 100000 octets where memory ends after <there>
      Then the local send of alice has taken <taken> octets

      Examples:
        | there | taken |
        | 36544 | 36544 |
        | 73087 | 36544 |
        | 73088 | 73088 |

    @profile:linux-6
    Scenario: It has nothing of less than that
      When alice sends 100000 octets where memory ends after 36543
      Then the call fails with EFAULT

    @profile:notes @profile:linux-2.6.11
    Scenario: What was taken is received, and then the next
      Given alice sends 40000 octets where memory ends after 39999
      And alice has sent "next" locally
      And bob has received up to 32448 octets locally
      When bob receives locally
      Then bob gets "next"

    @profile:linux-6
    Scenario: What Linux 6.18 has taken is received, and then the next
      Given alice sends 40000 octets where memory ends after 39999
      And alice has sent "next" locally
      And bob has received up to 36544 octets locally
      When bob receives locally
      Then bob gets "next"

    @profile:bsd-4.4
    Scenario: 4.4BSD has sent the first mbuf, of 2048 octets, and tells of none
      Given alice sends 4096 octets where memory ends after 4095
      And the call fails with EFAULT
      And alice has sent "next" locally
      And bob has received up to 2048 octets locally
      When bob receives locally
      Then bob gets "next"

    Scenario: The end of the other side is told first
      Given bob has closed the local socket
      When alice sends 10 octets where memory ends after 9
      Then the call fails with EPIPE

    Scenario: That there is no room is, too
      Given alice has sent messages of 500 octets locally until there was no room
      When alice sends 500 octets where memory ends after 0
      Then the call fails with EAGAIN

    Scenario: And that there is no peer
      Given carol has a local stream socket
      When carol sends 10 octets where memory ends after 9
      Then the call fails with ENOTCONN

  @SOC-04 @RCV-03 @must
  Rule: Octets of a stream that cannot be copied out stay, but not in 4.4BSD
    Source: Linux 2.6.11, net/unix/af_unix.c, unix_stream_recvmsg(): the piece goes back to the head of the queue; 4.4BSD,
    kern/uipc_socket.c, soreceive(): the mbuf is freed all the same

    Background:
      Given alice and bob have a pair of local stream sockets
      And alice has sent "hello" locally

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario Outline: Of 5 octets <size> at most, and memory for <there>
      When bob receives up to <size> octets where memory ends after <there>
      Then the call fails with EFAULT
      And bob receives locally
      And bob gets "hello"

      Examples:
        | size | there |
        | 100  | 0     |
        | 100  | 4     |
        | 3    | 2     |

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario: The first piece can be copied, the second cannot
      Given alice has sent " world" locally
      When bob receives up to 100 octets where memory ends after 10
      Then bob gets "hello"
      When bob receives locally
      Then bob gets " world"

    @profile:bsd-4.4
    Scenario: 4.4BSD loses what it could not copy
      Given bob receives up to 100 octets where memory ends after 4
      And the call fails with EFAULT
      And alice has sent "next" locally
      When bob receives locally
      Then bob gets "next"

    @profile:bsd-4.4
    Scenario: It loses no more than was asked for
      Given bob receives up to 3 octets where memory ends after 2
      And the call fails with EFAULT
      When bob receives locally
      Then bob gets "lo"

    @profile:bsd-4.4
    Scenario: What was lost is the writer's again
      Given alice has sent 4091 octets of 61 locally
      And bob receives up to 5 octets where memory ends after 4
      And the call fails with EFAULT
      When alice sends "again" locally without waiting
      Then the local send of alice has taken 5 octets

    Scenario: All that is needed is there
      When bob receives up to 100 octets where memory ends after 5
      Then bob gets "hello"

    Scenario: Who only looks loses nothing
      Given bob looks at up to 100 octets where memory ends after 4
      And the call fails with EFAULT
      When bob receives locally
      Then bob gets "hello"

    Scenario: Its other end has no name that would be written
      When bob receives with the address at no memory
      Then bob gets "hello"

  @SOC-04 @ACC-03 @must
  Rule: A connection whose other end cannot be told is taken off the queue
    Source: Linux 2.6.11, net/socket.c, sys_accept(), out_release; 4.4BSD, kern/uipc_syscalls.c, accept1()

    Background:
      Given bob has a local stream socket named "door"
      And bob has listened locally with a backlog of 5
      And alice has a local stream socket
      And alice has connected to "door"

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario Outline: Linux closes it: the <pointer>
      When bob accepts with the <pointer> at no memory
      Then the call fails with EFAULT
      And alice receives locally
      And alice gets end of file

      Examples:
        | pointer        |
        | address        |
        | address-length |

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario: Who has sent something is reset
      Given alice has sent "hello" locally
      When bob accepts with the address at no memory
      Then the call fails with EFAULT
      And alice receives locally
      And the call fails with ECONNRESET

    @profile:bsd-4.4
    Scenario: 4.4BSD leaves it open, under a descriptor that nobody knows
      When bob accepts with the address at no memory
      Then the call fails with EFAULT
      And alice receives locally without waiting
      And the call fails with EAGAIN

    @profile:bsd-4.4
    Scenario: 4.4BSD looks at the length of the address first
      Given alice has sent "hello" locally
      And bob accepts with the address-length at no memory
      And the call fails with EFAULT
      And bob has accepted a connection for carol
      When carol receives locally
      Then carol gets "hello"

    Scenario: The next is accepted
      Given dave has a local stream socket
      And dave has connected to "door"
      And dave has sent "dave" locally
      And bob accepts with the address at no memory
      And bob has accepted a connection for carol
      When carol receives locally
      Then carol gets "dave"

    Scenario: Where nobody waits the pointer is not followed
      Given bob has accepted a connection for carol
      When bob accepts with the address at no memory
      Then the call fails with EAGAIN

  @SOC-04 @BND-01 @must
  Rule: A name is written as far as there is said to be room, and its length behind it
    Source: Linux 2.6.11, net/socket.c, move_addr_to_user(); net/unix/af_unix.c, unix_getname(), unix_mkname(): a path with its
    zero octet; 4.4BSD, kern/uipc_syscalls.c, getsockname(); kern/uipc_usrreq.c, PRU_SOCKADDR

    Background:
      Given alice has a local stream socket

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario: Of one without a name Linux writes the family
      When alice asks for its address with the address at no memory and a length of 16
      Then the call fails with EFAULT

    @profile:bsd-4.4
    Scenario: Of one without a name 4.4BSD writes nothing
      When alice asks for its address with the address at no memory and a length of 16
      Then the call succeeds
      And the length that alice has handed over is 0 afterwards

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario Outline: With no room Linux needs no memory, and tells how long it is: <name>
      Given alice has bound to <name>
      When alice asks for its address with the address at no memory and a length of 0
      Then the call succeeds
      And the length that alice has handed over is <length> afterwards

      Examples: The family, the path and its end; or a zero octet and what follows
        | name      | length |
        | "door"    | 7      |
        | "a"       | 4      |
        | "@hidden" | 9      |

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario: It has no name
      When alice asks for its address with the address at no memory and a length of 0
      Then the call succeeds
      And the length that alice has handed over is 2 afterwards

    @profile:notes @profile:linux-2.6.11 @profile:bsd-4.4
    Scenario: The length is written behind the name
      Given alice has bound to "door"
      When alice asks for its address with the address at no memory and a length of 16
      Then the call fails with EFAULT
      And the length that alice has handed over is 16 afterwards

    @profile:linux-6
    Scenario: Linux 6.18 has written the length before
      Given alice has bound to "door"
      When alice asks for its address with the address at no memory and a length of 16
      Then the call fails with EFAULT
      And the length that alice has handed over is 7 afterwards

    Scenario: Whether there is a peer is asked first
      When alice asks for its peer with the address at no memory
      Then the call fails with ENOTCONN

    Scenario: A peer
      Given bob has a local stream socket named "door"
      And bob has listened locally with a backlog of 5
      And alice has connected to "door"
      When alice asks for its peer with the address at no memory
      Then the call fails with EFAULT
      And the local peer of alice is named "door"

  @SOC-04 @OPT-01 @OPT-02 @must
  Rule: A value is copied in before anybody asks what it is for, and out when it was found
    Source: Linux 2.6.11, net/core/sock.c, sock_setsockopt(), sock_getsockopt(); 4.4BSD, kern/uipc_syscalls.c, setsockopt(), getsockopt()

    Scenario Outline: A value of <length> octets
      Given alice has a local stream socket
      When alice sets SO_REUSEADDR from a value at no memory, of <length> octets
      Then the call fails with <errno>

      Examples:
        | length | errno  |
        | 0      | EINVAL |
        | 4      | EFAULT |

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario Outline: An error is forgotten that could not be told, but not where its length could not be looked at
      Given alice and bob have a pair of local stream sockets
      And alice has sent "unread" locally
      And bob has closed the local socket
      When alice asks for SO_ERROR with the <pointer> at no memory
      Then the call fails with EFAULT
      And SO_ERROR of the local socket of alice is <error>

      Examples:
        | pointer      | error      |
        | value        | nothing    |
        | value-length | ECONNRESET |

    @profile:bsd-4.4
    Scenario Outline: So it is in 4.4BSD
      Given alice and bob have a pair of local datagram sockets
      And bob has closed the local socket
      When alice asks for SO_ERROR with the <pointer> at no memory
      Then the call fails with EFAULT
      And SO_ERROR of the local socket of alice is <error>

      Examples:
        | pointer      | error      |
        | value        | nothing    |
        | value-length | ECONNRESET |
