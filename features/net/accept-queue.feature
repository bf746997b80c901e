@cap:network @cap:tcp @cap:tcp-queues
Feature: The queue of connections that nobody has accepted
  A connection whose handshake is complete waits until the program accepts it. The queue is a list: the next one is always
  the first, so nothing is ever searched in it.

  Background:
    Given interface eth0 at 10.0.0.1/24
    And neighbour 10.0.0.2 on eth0

  @LSN-07 @must @profile:notes
  Rule: A small backlog loses many of a burst that the program would have had time for
    Source: POSIX.1-2001, listen(): the backlog limits how many connections wait

    Scenario Outline: A burst of 20, and a backlog of <backlog>
      Given alice listens at 10.0.0.1:80 with a backlog of <backlog>
      When a burst of 20 clients connects to 10.0.0.1:80
      Then <complete> of them are complete, and wait for alice
      And alice can accept <complete> connections

      Examples: As many as the backlog says
        | backlog | complete |
        | 1       | 1        |
        | 5       | 5        |
        | 19      | 19       |
        | 20      | 20       |
        | 128     | 20       |

  @LSN-07 @must @profile:linux-2.6.11 @profile:linux-6
  Rule: A small backlog loses many of a burst, although Linux lets one more in
    Source: Linux 2.6.11, include/net/sock.h, sk_acceptq_is_full()

    Scenario Outline: A burst of 20, and a backlog of <backlog>
      Given alice listens at 10.0.0.1:80 with a backlog of <backlog>
      When a burst of 20 clients connects to 10.0.0.1:80
      Then <complete> of them are complete, and wait for alice
      And alice can accept <complete> connections

      Examples: One more than the backlog says
        | backlog | complete |
        | 0       | 1        |
        | 1       | 2        |
        | 5       | 6        |
        | 18      | 19       |
        | 19      | 20       |
        | 128     | 20       |

  @LSN-07 @must @profile:bsd-4.4
  Rule: A small backlog loses many of a burst, although 4.4BSD lets half as many more and one in
    Source: 4.4BSD, kern/uipc_socket2.c, sonewconn1(); sys/socket.h, SOMAXCONN

    Scenario Outline: A burst of 20, and a backlog of <backlog>
      Given alice listens at 10.0.0.1:80 with a backlog of <backlog>
      When a burst of 20 clients connects to 10.0.0.1:80
      Then <complete> of them are complete, and wait for alice
      And alice can accept <complete> connections

      Examples: At most SOMAXCONN counts
        | backlog | complete |
        | 0       | 1        |
        | 1       | 2        |
        | 2       | 4        |
        | 5       | 8        |
        | 128     | 8        |

  @LSN-07 @must @cap:tcp-tunables
  Rule: The longer the backlog, the fewer are lost
    Source: POSIX.1-2001, listen()

    Scenario: A burst of 40 clients
      Given up to 100 connections may wait
      When bursts of 40 clients connect to sockets of alice with these backlogs:
        | 1 | 5 | 20 | 40 | 80 |
      Then the longer the backlog, the fewer of a burst are lost
      And with a backlog of 1 at least 38 of a burst are lost, and with 40 none is

  @LSN-14 @must
  Rule: Connections are accepted in the order in which they were completed, whatever the order of their SYNs
    Source: Linux 2.6.11, include/net/tcp.h, tcp_acceptq_queue(); 4.4BSD, kern/uipc_socket2.c, soqinsque()

    Background:
      Given alice listens at 10.0.0.1:80 with a backlog of 5

    Scenario Outline: <completed>
      Given the SYNs of peers 1, 2, 3, 4, 5 have been answered
      When peers <completed> complete their handshakes, in that order
      Then alice accepts peers <completed>, in that order

      Examples:
        | completed     |
        | 1, 2, 3, 4, 5 |
        | 5, 4, 3, 2, 1 |
        | 3, 1, 5, 2, 4 |
        | 2, 3, 4, 5, 1 |

    Scenario: Some are accepted, and others come behind those that wait
      Given the SYNs of peers 1, 2, 3, 4, 5 have been answered
      And peers 4, 2, 5 have completed their handshakes, in that order
      And alice has accepted a connection
      When peers 1, 3 complete their handshakes, in that order
      Then alice accepts peers 2, 5, 1, 3, in that order

    Scenario: One that never completes is in nobody's way
      Given the SYNs of peers 1, 2, 3 have been answered
      When peers 3, 2 complete their handshakes, in that order
      Then alice accepts peers 3, 2, in that order
      And alice accepts a connection without waiting
      And the call fails with EAGAIN

    @cap:tcp-tunables
    Scenario: Many
      Given up to 128 connections may wait
      And alice has listened with a backlog of 128
      And the SYNs of peers 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 have been answered
      When peers 12, 1, 11, 2, 10, 3, 9, 4, 8, 5, 7, 6 complete their handshakes, in that order
      Then alice accepts peers 12, 1, 11, 2, 10, 3, 9, 4, 8, 5, 7, 6, in that order

  @LSN-14 @property @cap:tcp-tunables
  Rule: Any number of clients, completed in any order, are accepted in that order
    Source: Linux 2.6.11, include/net/tcp.h, tcp_acceptq_queue()

    Scenario: Generated orders
      Then the property "connections are accepted in the order in which they were completed" holds

  @LSN-17 @must @cap:tcp-tunables
  Rule: An accept takes the first of the list and looks at no other, however many wait
    Source: Linux 2.6.11, net/ipv4/tcp.c, tcp_accept(): req = tp->accept_queue

    Background:
      Given up to 1000 connections may wait
      And alice listens at 10.0.0.1:80 with a backlog of 1000

    Scenario Outline: <length> wait
      Given <length> connections to 10.0.0.1:80 wait for alice
      When alice accepts the first of them
      Then a single connection has been looked at
      And no request has been searched for

      Examples:
        | length |
        | 1      |
        | 2      |
        | 100    |

    Scenario: A sweep up to 200
      When alice accepts a connection at 10.0.0.1:80 each time that so many wait:
        | 1 | 10 | 50 | 100 | 200 |
      Then each accept has looked at one
