@cap:network @cap:tcp
Feature: What connections have from the socket that they came to
  A program sets at the listening socket how it wants its connections to be: when accept gives one, the peer may long have
  sent something.

  Background:
    Given interface eth0 at 10.0.0.1/24
    And neighbour 10.0.0.2 on eth0
    And alice has a stream socket at 10.0.0.1:80

  @OPT-02 @must
  Rule: What is set at a listening socket holds for its connections
    Source: Linux 2.6.11, net/ipv4/tcp_minisocks.c, tcp_create_openreq_child(); 4.4BSD, kern/uipc_socket2.c, sonewconn1()

    @profile:bsd-4.4
    Scenario Outline: In 4.4BSD, <option>
      Given alice has set the stream option <option> to <value>
      And alice has listened with a backlog of 5
      When alice has a connection that the peer began
      Then the stream option <option> of alice is <read>

      Examples: Switches, which are read as the bit that they are kept in, and a time
        | option       | value | read |
        | SO_KEEPALIVE | 1     | 8    |
        | SO_OOBINLINE | 1     | 256  |
        | SO_REUSEADDR | 1     | 4    |
        | SO_LINGER    | 7     | 7    |

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario Outline: In Linux, <option>
      Given alice has set the stream option <option> to <value>
      And alice has listened with a backlog of 5
      When alice has a connection that the peer began
      Then the stream option <option> of alice is <value>

      Examples: Of sockets, of IP, of TCP
        | option        | value |
        | SO_KEEPALIVE  | 1     |
        | SO_LINGER     | 7     |
        | SO_OOBINLINE  | 1     |
        | SO_REUSEADDR  | 1     |
        | SO_RCVLOWAT   | 5     |
        | SO_RCVTIMEO   | 300   |
        | SO_SNDTIMEO   | 400   |
        | IP_RECVERR    | 1     |
        | IP_TOS        | 16    |
        | IP_TTL        | 33    |
        | TCP_CORK      | 1     |
        | TCP_KEEPCNT   | 3     |
        | TCP_KEEPIDLE  | 50    |
        | TCP_KEEPINTVL | 20    |
        | TCP_LINGER2   | 30    |
        | TCP_NODELAY   | 1     |

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario: Buffers are as long
      Given alice has set the stream option SO_SNDBUF to 3000
      And alice has set the stream option SO_RCVBUF to 4000
      And alice has listened with a backlog of 5
      When alice has a connection that the peer began
      Then the stream option SO_SNDBUF of alice is 6000
      And the stream option SO_RCVBUF of alice is 8000

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario: But for the priority: they begin with none
      Given alice has set the stream option SO_PRIORITY to 3
      And alice has listened with a backlog of 5
      When alice has a connection that the peer began
      Then the stream option SO_PRIORITY of alice is 0

    Scenario: What is set there later holds for later ones alone
      Given alice has listened with a backlog of 5
      And alice has a connection that the peer began
      Then the stream option SO_KEEPALIVE of alice is 0
