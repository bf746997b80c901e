@cap:unix-socket
Feature: Names of local sockets
  Sockets of AF_UNIX connect programs of one host. They meet at a name in the file system; a socket may also have none.

  @SOC-04 @must
  Rule: A socket is bound to a name, and the name becomes a file
    Source: POSIX.1-2001, bind(); Linux 2.6.11, net/unix/af_unix.c, unix_bind(); 4.4BSD, kern/uipc_usrreq.c, unp_bind()

    Scenario: A new socket has no name
      Given alice has a local datagram socket
      Then the local socket of alice has no name

    Scenario Outline: A <type> socket with a name
      Given alice has a local <type> socket
      When alice binds to "mailbox"
      Then the local socket of alice is named "mailbox"

      Examples:
        | type     |
        | stream   |
        | datagram |

    Scenario: Two with different names
      Given alice has a local datagram socket named "mailbox"
      And bob has a local datagram socket named "letterbox"
      Then the local socket of alice is named "mailbox"
      And the local socket of bob is named "letterbox"

    Scenario: The file is there
      Given alice has a local datagram socket named "mailbox"
      When "mailbox" is removed
      And "mailbox" is removed
      Then the call fails with ENOENT

    Scenario: A socket that has a name gets no other
      Given alice has a local datagram socket named "mailbox"
      When alice binds to "letterbox"
      Then the call fails with EINVAL
      And the local socket of alice is named "mailbox"

    Scenario: Nor the same again
      Given alice has a local datagram socket named "mailbox"
      And "mailbox" was removed
      When alice binds to "mailbox"
      Then the call fails with EINVAL

    Scenario: A socket that was closed has no name
      Given alice has a local datagram socket
      And alice has closed the local socket
      When alice binds to "mailbox"
      Then the call fails with EBADF

  @SOC-04 @must
  Rule: A name that any file has is in use
    Source: POSIX.1-2001, bind(), EADDRINUSE

    Background:
      Given alice has a local datagram socket

    Scenario: Of another socket
      Given bob has a local datagram socket named "mailbox"
      When alice binds to "mailbox"
      Then the call fails with EADDRINUSE
      And the local socket of alice has no name

    Scenario: Of a socket of another type
      Given bob has a local stream socket named "mailbox"
      When alice binds to "mailbox"
      Then the call fails with EADDRINUSE

    Scenario: Of a socket that is gone: its file stays
      Given bob has a local datagram socket named "mailbox"
      And bob has closed the local socket
      When alice binds to "mailbox"
      Then the call fails with EADDRINUSE

    Scenario: Of a file that is no socket
      Given "mailbox" is a file that is no socket
      When alice binds to "mailbox"
      Then the call fails with EADDRINUSE

    Scenario: After that another name may be had
      Given "mailbox" is a file that is no socket
      When alice binds to "mailbox"
      And alice binds to "letterbox"
      Then the local socket of alice is named "letterbox"

    Scenario: Of a file that was removed
      Given bob has a local datagram socket named "mailbox"
      And bob has closed the local socket
      And "mailbox" was removed
      When alice binds to "mailbox"
      Then the local socket of alice is named "mailbox"

  @SOC-04 @must
  Rule: A name must be in a directory that is there
    Source: POSIX.1-2001, bind(), ENOENT, ENOTDIR

    Background:
      Given alice has a local datagram socket

    Scenario: It is not
      When alice binds to "nowhere/mailbox"
      Then the call fails with ENOENT

    Scenario: It is no directory
      Given "nowhere" is a file that is no socket
      When alice binds to "nowhere/mailbox"
      Then the call fails with ENOTDIR

    Scenario: After that another name may be had
      When alice binds to "nowhere/mailbox"
      And alice binds to "mailbox"
      Then the local socket of alice is named "mailbox"

  @SOC-04 @must @profile:notes @profile:linux-2.6.11 @profile:linux-6
  Rule: A path of up to 107 octets always has room in a name, one of 109 never
    Source: Linux 2.6.11, include/linux/un.h, UNIX_PATH_MAX; net/unix/af_unix.c, unix_mkname()
    Variation: 4.4BSD has room for 105.

    Background:
      Given alice has a local datagram socket

    Scenario: 107 octets
      When alice binds to a path of 107 octets
      Then the local socket of alice is named a path of 107 octets

    Scenario: 109 octets
      When alice binds to a path of 109 octets
      Then the call fails with EINVAL
      And the local socket of alice has no name

    Scenario: 109 octets, to send to
      When alice sends "hello" locally to a path of 109 octets
      Then the call fails with EINVAL

  @SOC-04 @must @profile:bsd-4.4
  Rule: A path of up to 103 octets always has room in a name, one of 107 never
    Source: 4.4BSD, sys/un.h; kern/uipc_usrreq.c, unp_bind(), MLEN

    Background:
      Given alice has a local datagram socket

    Scenario: 103 octets
      When alice binds to a path of 103 octets
      Then the local socket of alice is named a path of 103 octets

    Scenario: 107 octets
      When alice binds to a path of 107 octets
      Then the call fails with EINVAL
      And the local socket of alice has no name

  @SOC-04 @must
  Rule: A socket is found by its file, whatever the file is called by then
    Source: Linux 2.6.11, net/unix/af_unix.c, unix_find_socket_byinode(); 4.4BSD, kern/uipc_usrreq.c, v_socket

    Background:
      Given bob has a local datagram socket named "mailbox"
      And alice has a local datagram socket

    Scenario: By its name
      When alice sends "hello" locally to "mailbox"
      And bob receives locally
      Then bob gets "hello"

    Scenario: By a new name
      Given "mailbox" was renamed to "letterbox"
      When alice sends "hello" locally to "letterbox"
      And bob receives locally
      Then bob gets "hello"
      And the local socket of bob is named "mailbox"

    Scenario: No more by the old one
      Given "mailbox" was renamed to "letterbox"
      When alice sends "hello" locally to "mailbox"
      Then the call fails with ENOENT

    Scenario: Another may have the old one
      Given "mailbox" was renamed to "letterbox"
      And carol has a local datagram socket named "mailbox"
      And alice has sent "one" locally to "mailbox"
      And alice has sent "two" locally to "letterbox"
      When bob receives locally
      And carol receives locally
      Then bob gets "two"
      And carol gets "one"

    Scenario: Not at all when the file was removed, though the socket is there
      Given "mailbox" was removed
      When alice sends "hello" locally to "mailbox"
      Then the call fails with ENOENT
      And the local socket of bob is named "mailbox"

    Scenario: Who was connected before goes on
      Given alice has connected to "mailbox"
      And "mailbox" was removed
      When alice sends "hello" locally
      And bob receives locally
      Then bob gets "hello"

  @SOC-04 @must
  Rule: A name leads nowhere if there is none, if its socket is gone, or if its socket is of another type
    Source: POSIX.1-2001, connect(), ENOENT, ECONNREFUSED, EPROTOTYPE; Linux 2.6.11, net/unix/af_unix.c, unix_find_other()

    Background:
      Given alice has a local datagram socket

    Scenario: There is none
      When alice connects to "mailbox"
      Then the call fails with ENOENT

    Scenario: Its directory is none
      Given "nowhere" is a file that is no socket
      When alice connects to "nowhere/mailbox"
      Then the call fails with ENOTDIR

    Scenario: Its socket is gone
      Given bob has a local datagram socket named "mailbox"
      And bob has closed the local socket
      When alice connects to "mailbox"
      Then the call fails with ECONNREFUSED

    Scenario: Its socket is gone, for a message
      Given bob has a local datagram socket named "mailbox"
      And bob has closed the local socket
      When alice sends "hello" locally to "mailbox"
      Then the call fails with ECONNREFUSED

    Scenario: Its socket is a stream
      Given bob has a local stream socket named "mailbox"
      And bob has listened locally with a backlog of 5
      When alice connects to "mailbox"
      Then the call fails with EPROTOTYPE

    Scenario: Its socket is for datagrams, and a stream is wanted
      Given alice has bound to "mailbox"
      And carol has a local stream socket
      When carol connects to "mailbox"
      Then the call fails with EPROTOTYPE

    Scenario: After a failure the socket is as it was
      Given bob has a local datagram socket named "mailbox"
      When alice connects to "letterbox"
      And alice connects to "mailbox"
      Then the local peer of alice is named "mailbox"

  @SOC-04 @must @profile:notes @profile:linux-2.6.11 @profile:linux-6
  Rule: A file that is no socket refuses connections
    Source: Linux 2.6.11, net/unix/af_unix.c, unix_find_other(), S_ISSOCK
    Variation: 4.4BSD answers ENOTSOCK.

    Scenario Outline: For a <type> socket
      Given "mailbox" is a file that is no socket
      And alice has a local <type> socket
      When alice connects to "mailbox"
      Then the call fails with ECONNREFUSED

      Examples:
        | type     |
        | stream   |
        | datagram |

  @SOC-04 @must @profile:bsd-4.4
  Rule: A file that is no socket is said to be none
    Source: 4.4BSD, kern/uipc_usrreq.c, unp_connect(), ENOTSOCK

    Scenario Outline: For a <type> socket
      Given "mailbox" is a file that is no socket
      And alice has a local <type> socket
      When alice connects to "mailbox"
      Then the call fails with ENOTSOCK

      Examples:
        | type     |
        | stream   |
        | datagram |

  @SOC-04 @must @profile:notes @profile:linux-2.6.11 @profile:linux-6
  Rule: A name that begins with a zero octet is no file, and lasts as long as its socket
    Source: Linux 2.6.11, net/unix/af_unix.c, unix_find_socket_byname(), unix_remove_socket()

    Background:
      Given bob has a local datagram socket named "@mailbox"
      And alice has a local datagram socket

    Scenario: It is the name of the socket
      Then the local socket of bob is named "@mailbox"

    Scenario: By it the socket is found
      When alice sends "hello" locally to "@mailbox"
      And bob receives locally
      Then bob gets "hello"

    Scenario: It is in use
      When alice binds to "@mailbox"
      Then the call fails with EADDRINUSE

    Scenario: A file of that name is another
      When alice sends "hello" locally to "mailbox"
      Then the call fails with ENOENT

    Scenario: Nobody has it
      When alice sends "hello" locally to "@letterbox"
      Then the call fails with ECONNREFUSED

    Scenario: It goes with its socket, and is free again
      Given bob has closed the local socket
      When alice binds to "@mailbox"
      Then the local socket of alice is named "@mailbox"

    Scenario: Nobody has it when its socket is gone
      Given bob has closed the local socket
      When alice sends "hello" locally to "@mailbox"
      Then the call fails with ECONNREFUSED

    Scenario: One of a part of the name is another
      When alice binds to "@mail"
      Then the local socket of alice is named "@mail"

    Scenario: Each type has names of its own
      Given carol has a local stream socket
      When carol binds to "@mailbox"
      Then the local socket of carol is named "@mailbox"

    Scenario: So one of another type is not found
      Given carol has a local stream socket
      When carol connects to "@mailbox"
      Then the call fails with ECONNREFUSED

  @SOC-04 @must @profile:bsd-4.4
  Rule: All names are files, so one that begins with a zero octet is an empty path
    Source: 4.4BSD, kern/uipc_usrreq.c, unp_bind(); kern/vfs_lookup.c, namei()

    Scenario: To bind to
      Given alice has a local datagram socket
      When alice binds to "@mailbox"
      Then the call fails with ENOENT

    Scenario: To send to
      Given alice has a local datagram socket
      When alice sends "hello" locally to "@mailbox"
      Then the call fails with ENOENT

  @SOC-04 @must @profile:notes @profile:linux-2.6.11 @profile:linux-6
  Rule: The system chooses a name of five hexadecimal digits for who leaves it the choice
    Source: Linux 2.6.11, net/unix/af_unix.c, unix_autobind()

    Background:
      Given alice has a local datagram socket

    Scenario: One
      When alice leaves the choice of a local name to the system
      Then the local name of alice is five hexadecimal digits, and is no file

    Scenario: Two are different
      Given bob has a local datagram socket
      When alice leaves the choice of a local name to the system
      And bob leaves the choice of a local name to the system
      Then the local names of alice and bob are different

    Scenario: Who has a name keeps it
      Given alice has bound to "mailbox"
      When alice leaves the choice of a local name to the system
      Then the local socket of alice is named "mailbox"

    Scenario: Who wants to tell who it is gets one when it connects
      Given bob has a local datagram socket named "mailbox"
      And alice has set SO_PASSCRED to 1 locally
      And alice has connected to "mailbox"
      Then the local name of alice is five hexadecimal digits, and is no file

    Scenario: And when it sends
      Given bob has a local datagram socket named "mailbox"
      And alice has set SO_PASSCRED to 1 locally
      And alice has sent "hello" locally to "mailbox"
      Then the local name of alice is five hexadecimal digits, and is no file

    Scenario: Others connect without a name
      Given bob has a local datagram socket named "mailbox"
      And alice has connected to "mailbox"
      Then the local socket of alice has no name
