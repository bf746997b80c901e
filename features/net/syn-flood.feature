@cap:network @cap:tcp @cap:tcp-queues @cap:tcp-tunables
Feature: SYN floods
  A host remembers who has asked for a connection until the handshake ends or takes too long. Attackers ask from
  addresses where nobody is, so that it never ends. A queue with a bound is full of them, and nobody else gets in; one
  without a bound grows until there is no memory left. A shorter timeout helps as much as the attack can be made faster.

  Attackers are in 198.18.0.0/15. In the steady state as many of their requests wait as come while one waits: the timeout
  times the rate.

  Background:
    Given interface eth0 at 10.0.0.1/24
    And neighbour 10.0.0.2 on eth0
    And a route to 198.18.0.0/15 by 10.0.0.2

  @LSN-06 @must @profile:notes @profile:linux-2.6.11 @profile:linux-6
  Rule: With a bound requests take no more memory, and no longer searches, however many come
    Source: Linux 2.6.11, net/ipv4/tcp_ipv4.c, tcp_v4_conn_request(), tcp_synq_is_full(), sysctl_max_syn_backlog

    Background:
      Given maxSynBacklog is 256
      And synCookies is 0
      And alice listens at 10.0.0.1:80 with a backlog of 128

    Scenario: Twenty thousand attempts take the memory of a thousand
      Given attackers have sent 1000 SYNs to 10.0.0.1:80
      And the memory of the requests that wait for alice is noted
      When attackers send 2000 SYNs to 10.0.0.1:80
      Then the requests that wait for alice take no more memory than was noted
      When attackers send 17000 SYNs to 10.0.0.1:80
      Then the requests that wait for alice take no more memory than was noted
      And at most 256 half-open requests wait for alice

    Scenario: So do a hundred for each case of a property, which are 100000 where each is tried on 1000
      Given attackers have sent 1000 SYNs to 10.0.0.1:80
      And the memory of the requests that wait for alice is noted
      When attackers send 100 SYNs to 10.0.0.1:80 for each case of a property
      Then the requests that wait for alice take no more memory than was noted
      And at most 256 half-open requests wait for alice

    Scenario: Below the bound each takes as much as the first
      Given attackers have sent 1 SYNs to 10.0.0.1:80
      And the memory of the requests that wait for alice is noted
      When attackers send 99 SYNs to 10.0.0.1:80
      Then the requests that wait for alice take 100 times the memory that was noted

    Scenario: A search never looks at more than may wait
      When attackers send 2000 SYNs to 10.0.0.1:80
      Then a search among the requests at 10.0.0.1:80 of alice looks at no more than 256 of them

  @LSN-06 @must @profile:bsd-4.4
  Rule: The backlog bounds how many sockets there can be of requests and connections together
    Source: 4.4BSD, kern/uipc_socket2.c, sonewconn1(): q0len + qlen > 3 * backlog / 2

    Background:
      Given alice listens at 10.0.0.1:80 with a backlog of 5

    Scenario: Twenty thousand attempts take the memory of a thousand
      Given attackers have sent 1000 SYNs to 10.0.0.1:80
      And the memory of the requests that wait for alice is noted
      When attackers send 2000 SYNs to 10.0.0.1:80
      Then the requests that wait for alice take no more memory than was noted
      When attackers send 17000 SYNs to 10.0.0.1:80
      Then the requests that wait for alice take no more memory than was noted
      And 8 half-open requests wait for alice

    Scenario: So do a hundred for each case of a property, which are 100000 where each is tried on 1000
      Given attackers have sent 1000 SYNs to 10.0.0.1:80
      And the memory of the requests that wait for alice is noted
      When attackers send 100 SYNs to 10.0.0.1:80 for each case of a property
      Then the requests that wait for alice take no more memory than was noted
      And 8 half-open requests wait for alice

    Scenario: Below the bound each takes as much as the first
      Given attackers have sent 1 SYNs to 10.0.0.1:80
      And the memory of the requests that wait for alice is noted
      When attackers send 4 SYNs to 10.0.0.1:80
      Then the requests that wait for alice take 5 times the memory that was noted

  @LSN-08 @must
  Rule: A bounded queue is full of the attackers' requests, and a good client is dropped like them
    Source: Linux 2.6.11, net/ipv4/tcp_ipv4.c, tcp_v4_conn_request(); 4.4BSD, kern/uipc_socket2.c, sonewconn1()

    Background:
      Given a request waits 30 s for the end of the handshake
      And synCookies is 0

    @profile:notes
    Scenario Outline: There is room for <bound>, and <attempts> SYNs come
      Given maxSynBacklog is <bound>
      And alice listens at 10.0.0.1:80 with a backlog of 128
      When attackers send <attempts> SYNs to 10.0.0.1:80
      Then <waiting> half-open requests wait for alice

      Examples: Up to the bound, and no further
        | bound | attempts | waiting |
        | 256   | 255      | 255     |
        | 256   | 256      | 256     |
        | 256   | 257      | 256     |
        | 256   | 600      | 256     |
        | 1     | 3        | 1       |
        | 64    | 100      | 64      |

    @profile:linux-2.6.11 @profile:linux-6
    Scenario Outline: There is room for <bound>, and <attempts> SYNs come
      Given maxSynBacklog is <bound>
      And somaxconn is 1024
      And alice listens at 10.0.0.1:80 with a backlog of 1024
      When attackers send <attempts> SYNs to 10.0.0.1:80
      Then <waiting> half-open requests wait for alice

      Examples: The last quarter of the room is kept for peers that are known to be alive
        | bound | attempts | waiting |
        | 256   | 193      | 193     |
        | 256   | 194      | 193     |
        | 256   | 600      | 193     |
        | 128   | 200      | 97      |
        | 1024  | 1200     | 769     |

    @profile:bsd-4.4
    Scenario Outline: A backlog of <backlog>
      Given alice listens at 10.0.0.1:80 with a backlog of <backlog>
      When attackers send 100 SYNs to 10.0.0.1:80
      Then <waiting> half-open requests wait for alice

      Examples: Half as many again, and one
        | backlog | waiting |
        | 0       | 1       |
        | 1       | 2       |
        | 2       | 4       |
        | 5       | 8       |

    Scenario: A good client gets no answer
      Given alice listens at 10.0.0.1:80 with a backlog of 5
      And attackers have sent 400 SYNs to 10.0.0.1:80
      When the peer sends "S 0:0(0) win 65535 <mss 1460>"
      Then the peer gets nothing

    Scenario: Nor after half of the time
      Given alice listens at 10.0.0.1:80 with a backlog of 5
      And attackers have sent 400 SYNs to 10.0.0.1:80
      And 15 s go by
      When the peer sends "S 0:0(0) win 65535 <mss 1460>"
      Then the peer gets nothing

    Scenario: When the attackers' requests have timed out it gets in
      Given alice listens at 10.0.0.1:80 with a backlog of 5
      And attackers have sent 400 SYNs to 10.0.0.1:80
      And the peer has sent "S 0:0(0) win 65535 <mss 1460>"
      And the timeout of requests goes by
      When the peer sends "S 0:0(0) win 65535 <mss 1460>"
      Then the peer gets "S. 0:0(0) ack 1"
      And the peer sends ". 1:1(0) ack 1"
      And alice accepts a connection
      And alice has a connection from the peer

    Scenario: Who was in before the flood completes the handshake in the midst of it
      Given alice listens at 10.0.0.1:80 with a backlog of 5
      And the peer has sent "S 0:0(0) win 65535 <mss 1460>"
      And the peer has got "S. 0:0(0) ack 1"
      And attackers have sent 400 SYNs to 10.0.0.1:80
      When the peer sends ". 1:1(0) ack 1"
      Then alice accepts a connection
      And alice has a connection from the peer

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario: A flood of a minute, and good clients before, during and after it
      Given maxSynBacklog is 64
      And alice listens at 10.0.0.1:80 with a backlog of 128
      When attackers send 10 SYNs a second to 10.0.0.1:80 for 60 s of 100 s, and every second a good client tries to connect to alice
      Then every good client gets in from second 0 to 4
      And no good client gets in from second 8 to 29
      And no good client gets in from second 40 to 58
      And every good client gets in from second 98 to 100

  @LSN-09 @must @cap:kernel-memory
  Rule: A queue without a bound grows until there is no memory left for anybody
    Source: Linux 2.6.11, net/ipv4/tcp_ipv4.c, tcp_openreq_alloc(), which takes kernel memory; mm/slab.c, kmalloc()

    Background:
      Given a request waits 30 s for the end of the handshake
      And kernel memory has 50000 octets left

    Scenario Outline: The queue grows with the attack: <attempts> SYNs
      Given alice listens at 10.0.0.1:80 for any number of requests
      And the free kernel memory is noted
      When attackers send <attempts> SYNs to 10.0.0.1:80
      Then <attempts> half-open requests wait for alice
      And kernel memory is short of what the requests that wait for alice take

      Examples:
        | attempts |
        | 1        |
        | 50       |
        | 100      |

    Scenario: It ends where memory ends, and then another part of the kernel gets none
      Given alice listens at 10.0.0.1:80 for any number of requests
      When attackers send 1000 SYNs to 10.0.0.1:80
      Then less kernel memory is free than a request that waits for alice takes
      And another part of the kernel asks for 4096 octets
      And the call fails with ENOMEM

    Scenario: A good client gets none either
      Given alice listens at 10.0.0.1:80 for any number of requests
      And attackers have sent 1000 SYNs to 10.0.0.1:80
      When the peer sends "S 0:0(0) win 65535 <mss 1460>"
      Then the peer gets nothing

    Scenario: When the requests have timed out there is memory again
      Given alice listens at 10.0.0.1:80 for any number of requests
      And the free kernel memory is noted
      And attackers have sent 1000 SYNs to 10.0.0.1:80
      When the timeout of requests goes by
      Then as much kernel memory is free as was noted
      And another part of the kernel asks for 4096 octets
      And the call succeeds

    Scenario: When the program listens no longer there is memory again
      Given alice listens at 10.0.0.1:80 for any number of requests
      And the free kernel memory is noted
      And attackers have sent 1000 SYNs to 10.0.0.1:80
      When alice closes the stream socket
      Then as much kernel memory is free as was noted

    Scenario: With a bound the others have what they need
      Given alice listens at 10.0.0.1:80 with a backlog of 5
      And attackers have sent 1000 SYNs to 10.0.0.1:80
      When another part of the kernel asks for 4096 octets
      Then the call succeeds

    Scenario: The others' memory is theirs alone
      Given the free kernel memory is noted
      And another part of the kernel has 30000 octets
      When another part of the kernel asks for 30000 octets
      Then the call fails with ENOMEM

  @LSN-10 @must
  Rule: A shorter timeout leaves fewer half-open requests, in proportion
    Source: J. Lemon, Resisting SYN flood DoS attacks with a SYN cache, 2002; the length is the timeout times the rate

    Scenario Outline: <rate> SYNs a second, a timeout of <timeout> s
      Given a request waits <timeout> s for the end of the handshake
      And alice listens at 10.0.0.1:80 for any number of requests
      When attackers send <rate> SYNs a second to 10.0.0.1:80 for <time> s
      Then <waiting> half-open requests wait for alice

      Examples: 30 times the rate, and 3 times
        | timeout | rate | time | waiting |
        | 30      | 1    | 40   | 30      |
        | 30      | 10   | 35   | 300     |
        | 3       | 1    | 10   | 3       |
        | 3       | 10   | 10   | 30      |

    Scenario: A sweep over rates, with timeouts from 30 s to a tenth of a second
      Given alice listens at 10.0.0.1:80 for any number of requests
      When attackers send SYNs at these rates against these timeouts, until the queue of alice grows no more:
        | SYNs/s | 5     | 10   | 20   | 50  | 100 | 200 | 500 |
        | ms     | 30000 | 3000 | 1000 | 100 |     |     |     |
      Then each queue is as long as its timeout times the rate

  @LSN-11 @must
  Rule: Ten times the rate makes the queue as long as it was with ten times the timeout
    Source: the length is the timeout times the rate

    Scenario Outline: <rate> SYNs a second, a timeout of <timeout> s
      Given a request waits <timeout> s for the end of the handshake
      And alice listens at 10.0.0.1:80 for any number of requests
      When attackers send <rate> SYNs a second to 10.0.0.1:80 for <time> s
      Then 300 half-open requests wait for alice

      Examples:
        | timeout | rate | time |
        | 30      | 10   | 35   |
        | 3       | 100  | 6    |

    Scenario: And where there is a bound, nobody gets in again
      Given a request waits 3 s for the end of the handshake
      And synCookies is 0
      And alice listens at 10.0.0.1:80 with a backlog of 5
      And attackers have sent 200 SYNs a second to 10.0.0.1:80 for 2 s
      When the peer sends "S 0:0(0) win 65535 <mss 1460>"
      Then the peer gets nothing

  @LSN-16 @must
  Rule: Timeouts of a second and of a tenth are overcome in the same way
    Source: the length is the timeout times the rate

    Scenario Outline: <rate> SYNs a second, a timeout of <timeout> ms
      Given a request waits <timeout> ms for the end of the handshake
      And alice listens at 10.0.0.1:80 for any number of requests
      When attackers send <rate> SYNs a second to 10.0.0.1:80 for <time> ms
      Then 300 half-open requests wait for alice

      Examples: 10 SYNs a second at 30 s, 30 and 300 times as many at a thirtieth and a three-hundredth
        | timeout | rate | time  |
        | 30000   | 10   | 35000 |
        | 1000    | 300  | 2000  |
        | 100     | 3000 | 200   |

  @LSN-12 @must
  Rule: A client whose round trip is longer than the timeout never gets in
    Source: RFC 9293, section 3.5: the third segment comes a round trip after the second has left

    Scenario Outline: A timeout of <timeout> ms, and a round trip of <rtt> ms
      Given a request waits <timeout> ms for the end of the handshake
      And alice listens at 10.0.0.1:80 with a backlog of 5
      When a client connects to 10.0.0.1:80, a round trip of <rtt> ms away
      Then the client is <result> to alice

      Examples: A tenth of a second, which is less than half way round the world and back
        | timeout | rtt | result        |
        | 100     | 50  | connected     |
        | 100     | 99  | connected     |
        | 100     | 150 | not connected |
        | 100     | 300 | not connected |

      Examples: Longer ones
        | timeout | rtt   | result        |
        | 1000    | 150   | connected     |
        | 1000    | 1500  | not connected |
        | 3000    | 300   | connected     |
        | 3000    | 2900  | connected     |
        | 3000    | 4500  | not connected |
        | 30000   | 10000 | connected     |

    Scenario: It is told that there is no such connection
      Given a request waits 100 ms for the end of the handshake
      And alice listens at 10.0.0.1:80 with a backlog of 5
      And the peer has sent "S 0:0(0) win 65535 <mss 1460>"
      And the peer has got "S. 0:0(0) ack 1"
      And 150 ms go by
      When the peer sends ". 1:1(0) ack 1"
      Then the peer gets "R 1:1(0)"

  @LSN-10 @property
  Rule: For any timeout and any rate as many requests wait as come while one waits
    Source: the length is the timeout times the rate

    Scenario: Generated floods
      Given a request waits 1 s for the end of the handshake
      Then the property "as many requests wait as have come within the timeout" holds

  @LSN-08 @must
  Rule: When the queue is half full, requests are given up after fewer SYN-ACKs, the fewer the fewer new ones there are
    Source: Linux 2.6.11, net/ipv4/tcp_timer.c, tcp_synack_timer(); Linux 6.1, net/ipv4/inet_connection_sock.c, reqsk_timer_handler()

    @profile:linux-2.6.11
    Scenario: Two SYN-ACKs more are enough then, in Linux 2.6.11
      Given maxSynBacklog is 256
      And synCookies is 0
      And alice listens at 10.0.0.1:80 with a backlog of 128
      And attackers have sent 193 SYNs to 10.0.0.1:80
      And 20 s go by
      And 193 half-open requests wait for alice
      When 2 s go by
      Then 127 half-open requests wait for alice

    @profile:linux-2.6.11
    Scenario: Below that all five are sent
      Given maxSynBacklog is 256
      And synCookies is 0
      And alice listens at 10.0.0.1:80 with a backlog of 128
      And attackers have sent 127 SYNs to 10.0.0.1:80
      When 188 s go by
      Then 127 half-open requests wait for alice

    @profile:linux-2.6.11
    Scenario Outline: A hundred after 45 seconds, which have been sent three more, and <young> new ones
      Given maxSynBacklog is 256
      And synCookies is 0
      And alice listens at 10.0.0.1:80 with a backlog of 128
      And attackers have sent 100 SYNs to 10.0.0.1:80
      And 43 s go by
      And attackers have sent <young> SYNs to 10.0.0.1:80
      When 2500 ms go by
      Then <left> half-open requests wait for alice

      Examples: Three are enough as long as all are four times as many as the new ones
        | young | left |
        | 30    | 127  |
        | 33    | 131  |
        | 34    | 134  |

    @profile:linux-6
    Scenario Outline: In Linux 6 half of the backlog counts: <attempts> SYNs
      Given alice listens at 10.0.0.1:80 with a backlog of 128
      And attackers have sent <attempts> SYNs to 10.0.0.1:80
      And 6 s go by
      And <attempts> half-open requests wait for alice
      When 2 s go by
      Then 64 half-open requests wait for alice

      Examples:
        | attempts |
        | 64       |
        | 65       |
        | 128      |
