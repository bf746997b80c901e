@cap:network @cap:tcp
Feature: Who may have a port of streams
  A segment is for one socket. Two have the same port only where it can be told for which of them a segment is; what is
  left of a connection that has just ended keeps its port for a while.

  Background:
    Given interface eth0 at 10.0.0.1/24
    And interface eth1 at 10.0.1.1/24
    And neighbour 10.0.0.2 on eth0

  @BND-01 @must
  Rule: Two streams that could both be meant do not have the same port
    Source: POSIX.1-2001, bind(), EADDRINUSE; Linux 2.6.11, net/ipv4/tcp_ipv4.c, tcp_bind_conflict(); 4.4BSD, netinet/in_pcb.c, in_pcbbind()

    Scenario Outline: <first>, then <second>
      Given bob has a stream socket at <first>
      And alice has a stream socket
      When alice binds the stream socket to <second>
      Then the call fails with EADDRINUSE

      Examples: The same address, or one of them any
        | first         | second        |
        | 10.0.0.1:5000 | 10.0.0.1:5000 |
        | 0.0.0.0:5000  | 10.0.0.1:5000 |
        | 10.0.0.1:5000 | 0.0.0.0:5000  |
        | 0.0.0.0:5000  | 0.0.0.0:5000  |

    Scenario: Two addresses
      Given bob has a stream socket at 10.0.0.1:5000
      And alice has a stream socket
      When alice binds the stream socket to 10.0.1.1:5000
      Then the call succeeds

    Scenario: When the first has gone
      Given bob has a stream socket at 10.0.0.1:5000
      And bob has closed the stream socket
      And alice has a stream socket
      When alice binds the stream socket to 10.0.0.1:5000
      Then the call succeeds

    Scenario: A connection has the port that it came to
      Given bob has a connection that the peer began
      And bob has stopped listening
      And alice has a stream socket
      When alice binds the stream socket to 10.0.0.1:80
      Then the call fails with EADDRINUSE

    Scenario: The port that a client was given is no server's
      Given bob has a connection to 10.0.0.2:80
      And alice has a stream socket
      When alice binds the stream socket to the port of bob
      Then the call fails with EADDRINUSE

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario: The network's broadcast address may be bound, and is nobody's to send from
      Source: Linux 2.6.11, net/ipv4/af_inet.c, inet_bind(), "sendto() will use the device address"
      Given alice has a stream socket at 10.0.0.255:5000
      And the peer talks to 10.0.0.1:5000
      When alice begins to connect to 10.0.0.2:80
      Then the stream of alice has the address 10.0.0.1:5000

    @profile:bsd-4.4
    Scenario: In 4.4BSD ports are tried in order, and one that somebody has is passed over
      Source: 4.4BSD, netinet/in_pcb.c, in_pcbbind(), "ipi_lastport"
      Given bob has a stream socket at 10.0.0.1:1024
      When alice begins to connect to 10.0.0.2:80
      Then the stream of alice has the address 10.0.0.1:1025

  @BND-01 @must
  Rule: With SO_REUSEADDR two may have the same port
    Source: Linux 2.6.11, net/ipv4/tcp_ipv4.c, tcp_bind_conflict(); 4.4BSD, netinet/in_pcb.c, in_pcbbind()
    Variation: 4.4BSD asks the second one alone, and not where their addresses are the same.

    Background:
      Given bob has a stream socket
      And bob has set the stream option SO_REUSEADDR to 1
      And alice has a stream socket
      And alice has set the stream option SO_REUSEADDR to 1

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario: Both have said so
      Given bob has bound the stream socket to 10.0.0.1:5000
      When alice binds the stream socket to 10.0.0.1:5000
      Then the call succeeds

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario Outline: <who> has not
      Given <who> has set the stream option SO_REUSEADDR to 0
      And bob has bound the stream socket to 10.0.0.1:5000
      When alice binds the stream socket to 10.0.0.1:5000
      Then the call fails with EADDRINUSE

      Examples:
        | who   |
        | alice |
        | bob   |

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario: Not when the first one listens
      Given bob has bound the stream socket to 10.0.0.1:5000
      And bob has listened with a backlog of 5
      When alice binds the stream socket to 10.0.0.1:5000
      Then the call fails with EADDRINUSE

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario: Nor do both listen
      Given bob has bound the stream socket to 10.0.0.1:5000
      And alice has bound the stream socket to 10.0.0.1:5000
      And bob has listened with a backlog of 5
      When alice listens with a backlog of 5
      Then the call fails with EADDRINUSE

    @profile:bsd-4.4
    Scenario Outline: In 4.4BSD <first>, then <second>, whatever the first one has said
      Given bob has set the stream option SO_REUSEADDR to 0
      And bob has bound the stream socket to <first>
      When alice binds the stream socket to <second>
      Then the call <result>

      Examples: A segment is for the one whose address says more
        | first         | second        | result                |
        | 0.0.0.0:5000  | 10.0.0.1:5000 | succeeds              |
        | 10.0.0.1:5000 | 0.0.0.0:5000  | succeeds              |
        | 10.0.0.1:5000 | 10.0.0.1:5000 | fails with EADDRINUSE |

  @BND-01 @must
  Rule: What is left of a connection keeps its port until it has gone
    Source: RFC 9293, section 3.6.1; Linux 2.6.11, net/ipv4/tcp_minisocks.c, __tcp_tw_hashdance(); 4.4BSD, netinet/in_pcb.c, in_pcbbind()

    Background:
      Given timeWait is 60000
      And alice has a connection that the peer began
      And alice has stopped listening
      And alice has closed the stream socket
      And the peer has sent "F. 1:1(0) ack 2"
      And bob has a stream socket

    Scenario: Nobody else gets it
      When bob binds the stream socket to 10.0.0.1:80
      Then the call fails with EADDRINUSE

    Scenario: After a minute it is free
      Given 60 s go by
      When bob binds the stream socket to 10.0.0.1:80
      Then the call succeeds

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario: Who had it has to have said so as well
      Given bob has set the stream option SO_REUSEADDR to 1
      When bob binds the stream socket to 10.0.0.1:80
      Then the call fails with EADDRINUSE

    @profile:bsd-4.4
    Scenario: In 4.4BSD SO_REUSEADDR is enough
      Given bob has set the stream option SO_REUSEADDR to 1
      When bob binds the stream socket to 10.0.0.1:80
      Then the call succeeds

  @BND-01 @must @profile:notes @profile:linux-2.6.11 @profile:linux-6
  Rule: A server that has said SO_REUSEADDR begins anew while its connections are still remembered
    Source: Linux 2.6.11, net/ipv4/tcp_minisocks.c, tcp_time_wait(), "tw->tw_reuse = sk->sk_reuse"

    Scenario: It listens again at once
      Given alice has a stream socket
      And alice has set the stream option SO_REUSEADDR to 1
      And alice has bound the stream socket to 10.0.0.1:80
      And alice has listened with a backlog of 5
      And the peer talks to 10.0.0.1:80
      And the peer has connected
      And alice has accepted a connection
      And alice has stopped listening
      And alice has closed the stream socket
      And the peer has sent "F. 1:1(0) ack 2"
      And bob has a stream socket
      And bob has set the stream option SO_REUSEADDR to 1
      And bob has bound the stream socket to 10.0.0.1:80
      When bob listens with a backlog of 5
      Then the call succeeds

  @CON-01 @BND-01 @must
  Rule: Two connections differ in one of their ends
    Source: RFC 9293, section 3.3.1; Linux 2.6.11, net/ipv4/tcp_ipv4.c, __tcp_v4_check_established(); 4.4BSD, netinet/in_pcb.c, in_pcbconnect()

    Background:
      Given bob has a stream socket
      And bob has set the stream option SO_REUSEADDR to 1
      And bob has bound the stream socket to 10.0.0.1:5000
      And bob has begun to connect to 10.0.0.2:80
      And alice has a stream socket
      And alice has set the stream option SO_REUSEADDR to 1

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario Outline: From the same port to <server>
      Given alice has bound the stream socket to 10.0.0.1:5000
      When alice connects to <server> without waiting
      Then the call fails with <errno>

      Examples: The same server, another port of it, and another host
        | server      | errno         |
        | 10.0.0.2:80 | EADDRNOTAVAIL |
        | 10.0.0.2:81 | EINPROGRESS   |
        | 10.0.0.3:80 | EINPROGRESS   |

    @profile:bsd-4.4
    Scenario Outline: In 4.4BSD from the same port to <server>
      Given alice has bound the stream socket to 10.0.0.1:5000
      When alice connects to <server> without waiting
      Then the call fails with <errno>

      Examples:
        | server      | errno       |
        | 10.0.0.2:80 | EADDRINUSE  |
        | 10.0.0.2:81 | EINPROGRESS |
