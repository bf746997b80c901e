@cap:network @cap:tcp
Feature: Segments that lie
  Whoever can reach a host can send it any segment. One that does not fit is dropped or answered, and changes nothing; what it
  says of itself is believed only as far as it can be checked.

  Background:
    Given interface eth0 at 10.0.0.1/24
    And neighbour 10.0.0.2 on eth0

  @TCP-01 @must
  Rule: Options are read up to the first whose length cannot be
    Source: RFC 9293, section 3.1; RFC 1122, section 4.2.2.5; Linux 2.6.11, net/ipv4/tcp_input.c, tcp_parse_options(); 4.4BSD, netinet/tcp_input.c, tcp_dooptions()

    Scenario Outline: <options>
      Given alice has a connection that the peer began with "win 65535 <<options>>"
      When alice sends 2000 octets
      Then the peer gets "seq 1 length <length>"

      Examples: A length of 0
        | options                     | length |
        | mss 1000,malformed 08000000 | 1000   |
        | malformed 03000101020403e8  | 536    |

      Examples: An option that nobody knows is passed over
        | options                     | length |
        | unknown 200 0102,mss 1000   | 1000   |

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario Outline: <options>
      Given alice has a connection that the peer began with "win 65535 <<options>>"
      When alice sends 2000 octets
      Then the peer gets "seq 1 length <length>"

      Examples: A length of 1, one beyond the header, one that is not that of its kind
        | options                     | length |
        | malformed 03010101020403e8  | 536    |
        | mss 1000,malformed 080a0000 | 1000   |
        | mss 1000,malformed fe05aabb | 1000   |
        | mss 1000,unknown 2 0a,nop   | 1000   |

    Scenario: In an established connection, too
      Given alice has a connection that the peer began
      And the peer has sent "P. 1:11(10) ack 1 <malformed 08000000>"
      When alice receives up to 100 octets
      Then alice gets the next 10 octets

  @LSN-04 @must
  Rule: What comes for a request and does not fit leaves it as it is, but for a SYN in its window
    Source: RFC 9293, section 3.10.7.4; Linux 2.6.11, net/ipv4/tcp_minisocks.c, tcp_check_req(); 4.4BSD, netinet/tcp_input.c, dropafterack

    Background:
      Given alice listens at 10.0.0.1:80 with a backlog of 5
      And the peer has sent "S 0:0(0) win 65535 <mss 1460>"
      And the peer has got "S. 0:0(0) ack 1"

    Scenario: A segment far beyond the window is told where the host is
      When the peer sends ". 100000000:100000000(0) ack 1"
      Then the peer gets ". 1:1(0) ack 1"
      And alice accepts a connection without waiting
      And the call fails with EAGAIN

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario: So is one that begins where the SYN was
      When the peer sends ". 0:0(0) ack 1"
      Then the peer gets ". 1:1(0) ack 1"
      And alice accepts a connection without waiting
      And the call fails with EAGAIN

    Scenario: A new SYN in the window ends the request
      When the peer sends "S 5:5(0) win 65535"
      Then the peer gets "R. ack 6"
      And alice accepts a connection without waiting
      And the call fails with EAGAIN

    Scenario: From then on the end of the handshake is of no connection
      Given the peer has sent "S 5:5(0) win 65535"
      And the peer has got all that was sent
      When the peer sends ". 1:1(0) ack 1"
      Then the peer gets "R 1:1(0)"

    Scenario: When nobody listens any more nothing is sent again
      Given alice has stopped listening
      When 200 s go by
      Then the peer gets nothing

  @LSN-04 @must @cap:tcp-tunables
  Rule: A timestamp that is older than that of the SYN completes no handshake
    Source: RFC 7323, section 5.3; Linux 2.6.11, net/ipv4/tcp_minisocks.c, tcp_check_req()

    Background:
      Given timestamps is 1
      And alice listens at 10.0.0.1:80 with a backlog of 5
      And the peer has sent "S 0:0(0) win 65535 <mss 1460,nop,nop,TS val 500 ecr 0>"
      And the peer has got "S. 0:0(0) ack 1"

    Scenario: It is told where the host is
      When the peer sends ". 1:1(0) ack 1 <nop,nop,TS val 400>"
      Then the peer gets ". 1:1(0) ack 1"
      And alice accepts a connection without waiting
      And the call fails with EAGAIN

    Scenario: The same again does
      When the peer sends ". 1:1(0) ack 1 <nop,nop,TS val 500>"
      Then the peer gets nothing
      And alice accepts a connection
      And alice has a connection from the peer

    @profile:notes @profile:linux-2.6.11
    Scenario: A newer one outside the window does not make it older
      Given the peer has sent ". 0:0(0) ack 1 <nop,nop,TS val 900>"
      And the peer has got ". 1:1(0) ack 1"
      When the peer sends ". 1:1(0) ack 1 <nop,nop,TS val 600>"
      Then alice accepts a connection
      And alice has a connection from the peer

  @LSN-01 @must
  Rule: A SYN that is sent to many is nobody's
    Source: RFC 1122, section 4.2.3.10; Linux 2.6.11, net/ipv4/tcp_ipv4.c, tcp_v4_conn_request()

    Scenario: To the broadcast address of the network
      Given alice listens at 0.0.0.0:80 with a backlog of 5
      And the peer talks to 10.0.0.255:80
      When the peer sends "S 0:0(0) win 65535"
      Then the peer gets nothing

    Scenario: In a frame that is for all, though its packet is for the host
      Source: RFC 1122, section 3.3.6; Linux 2.6.11, net/ipv4/tcp_ipv4.c, tcp_v4_rcv(), PACKET_HOST; 4.4BSD, netinet/tcp_input.c, M_BCAST
      Given alice listens at 0.0.0.0:80 with a backlog of 5
      And the peer talks to 10.0.0.1:80
      When the peer sends "S 0:0(0) win 65535" in a frame to all
      Then the peer gets nothing

    Scenario: To the host, that listens to all addresses
      Given alice listens at 0.0.0.0:80 with a backlog of 5
      And the peer talks to 10.0.0.1:80
      When the peer sends "S 0:0(0) win 65535"
      Then the peer gets "S. 0:0(0) ack 1"

  @TCP-01 @must
  Rule: Behind its FIN the peer has nothing to say
    Source: RFC 9293, section 3.10.7.4, seventh, "this should not occur"

    Scenario: Octets that come all the same are not read
      Given alice has a connection that the peer began
      And the peer has sent "F. 1:1(0) ack 1"
      And the peer has sent "P. 2:12(10) ack 1"
      When alice receives up to 100 octets
      Then alice gets the end of the stream

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario Outline: What begins before the FIN and goes beyond it is a reset's reason: <segment>
      Source: Linux 2.6.11, net/ipv4/tcp_input.c, tcp_rcv_state_process(), where TCP_CLOSE_WAIT goes on as TCP_FIN_WAIT1
      Given alice has a connection that the peer began
      And the peer has sent "F. 1:1(0) ack 1"
      And 1 s goes by
      And the peer has got all that was sent
      When the peer sends "<segment>"
      Then the peer gets "<answer>"

      Examples: Up to the FIN it has come before; beyond it nobody reads it
        | segment           | answer         |
        | P. 0:1(1) ack 1   | . 1:1(0) ack 2 |
        | F. 1:1(0) ack 1   | . 1:1(0) ack 2 |
        | P. 0:2(2) ack 1   | . 1:1(0) ack 2 |
        | P. 1:3(2) ack 1   | R 1:1(0)       |
        | P. 0:100(100) ack 1 | R 1:1(0)     |

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario: The connection is over then
      Given alice has a connection that the peer began
      And the peer has sent "F. 1:1(0) ack 1"
      And 1 s goes by
      And the peer has got all that was sent
      And the peer has sent "P. 1:3(2) ack 1"
      When alice sends 10 octets
      Then the call fails with EPIPE
      And the peer gets "R 1:1(0)"

    @profile:bsd-4.4
    Scenario: 4.4BSD passes it over
      Given alice has a connection that the peer began
      And the peer has sent "F. 1:1(0) ack 1"
      And 1 s goes by
      And the peer has got all that was sent
      And the peer has sent "P. 1:3(2) ack 1"
      When alice receives up to 10 octets
      Then alice gets the end of the stream
      And the peer gets nothing

    Scenario: A FIN that came before the octets in front of it counts when they are there
      Given alice has a connection that the peer began
      And the peer has sent "F. 11:11(0) ack 1"
      And the peer has sent ". 1:11(10) ack 1"
      And alice has received up to 100 octets
      And alice gets the next 10 octets
      When alice receives up to 100 octets
      Then alice gets the end of the stream

    Scenario: It is acknowledged with them
      Given alice has a connection that the peer began
      And the peer has sent "F. 11:11(0) ack 1"
      And the peer has got all that was sent
      And the peer has sent ". 1:11(10) ack 1"
      When 1 s goes by
      Then the peer gets ". 1:1(0) ack 12"

  @TCP-01 @must
  Rule: Octets that no program can read any more reset the connection
    Source: RFC 1122, section 4.2.2.13; Linux 2.6.11, net/ipv4/tcp_input.c, tcp_rcv_state_process(); 4.4BSD, netinet/tcp_input.c, SS_NOFDREF

    Scenario: They come with the ACK of the FIN
      Given alice has a connection that the peer began
      And alice has closed the stream socket
      And the peer has got "F. 1:1(0) ack 1"
      When the peer sends "P. 1:11(10) ack 2"
      Then the peer gets "R 2:2(0)"

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario: The program has shut down both halves
      Given alice has a connection that the peer began
      And alice has shut the connection down for both
      And the peer has got "F. 1:1(0) ack 1"
      And the peer has sent ". 1:1(0) ack 2"
      When the peer sends "P. 1:11(10) ack 2"
      Then the peer gets "R 2:2(0)"

  @BUF-06 @must @profile:notes
  Rule: What lies beyond the window is not taken
    Source: RFC 9293, section 3.10.7.4, first, and section 3.8.6

    Background:
      Given alice has a stream socket at 10.0.0.1:80

    Scenario: A segment that ends beyond it is cut
      Given alice has set the stream option SO_RCVBUF to 600
      And alice has listened with a backlog of 5
      And alice has a connection that the peer began
      And the peer has sent "P. 1:1401(1400) ack 1"
      When alice receives up to 2000 octets
      Then alice gets the next 1200 octets

    Scenario Outline: A reset at <place>, and the window ends behind 12000
      Given alice has set the stream option SO_RCVBUF to 6000
      And alice has listened with a backlog of 5
      And alice has a connection that the peer began
      And the peer has sent "R <place>:<place>(0)"
      When alice receives up to 10 octets without waiting
      Then the call fails with <errno>

      Examples: In it, and beyond it
        | place | errno      |
        | 12000 | ECONNRESET |
        | 12002 | EAGAIN     |
        | 20000 | EAGAIN     |

  @BUF-06 @must
  Rule: A window that was offered is only made larger by who says nothing new
    Source: Linux 2.6.11, net/ipv4/tcp_input.c, tcp_may_update_window(); 4.4BSD, netinet/tcp_input.c, "update window information"
    Variation: RFC 9293, section 3.10.7.4, takes the window of any segment that is not older.

    Scenario Outline: 1000 octets, and then <window>
      Given alice has a connection that the peer began with "win 1000 <mss 500>"
      And the peer has sent ". 1:1(0) ack 1 win <window>"
      When alice sends 1000 octets
      Then the peer gets "seq 1 length 500"

      Examples: Less, as much, and more
        | window |
        | 499    |
        | 1000   |
        | 2000   |

    @profile:notes @profile:linux-2.6.11 @profile:bsd-4.4
    Scenario: 1000 octets, and then none
      Given alice has a connection that the peer began with "win 1000 <mss 500>"
      And the peer has sent ". 1:1(0) ack 1 win 0"
      When alice sends 1000 octets
      Then the peer gets "seq 1 length 500"

    @profile:linux-6
    Scenario: That there is no room at all is believed
      Given alice has a connection that the peer began with "win 1000 <mss 500>"
      And the peer has sent ". 1:1(0) ack 1 win 0"
      When alice sends 1000 octets
      Then the peer gets nothing

    Scenario: Who says nothing new makes it larger all the same
      Given alice has a connection that the peer began with "win 0 <mss 1000>"
      And alice has sent 1000 octets
      When the peer sends ". 1:1(0) ack 1 win 3000"
      Then the peer gets "seq 1 length 1000"

    @cap:tcp-tunables
    Scenario: The window of the third segment is scaled
      Given windowScaling is 1
      And alice listens at 10.0.0.1:80 with a backlog of 5
      And the peer has sent "S 0:0(0) win 65535 <mss 1000,nop,wscale 7>"
      And the peer has got "S. 0:0(0) ack 1"
      And the peer has sent ". 1:1(0) ack 1 win 20"
      And alice has accepted a connection
      When alice sends 2000 octets
      Then the peer gets "seq 1 length 1000"

    Scenario: A peer that takes back what it has offered loses nothing
      Given alice has a connection that the peer began with "win 65535 <mss 1000>"
      And alice has sent 2000 octets
      And the peer has got all that was sent
      And the peer has sent ". 1:1(0) ack 1001 win 0"
      And 20 s go by
      And the peer has got all that was sent
      And the peer has sent ". 1:1(0) ack 1001 win 65535"
      When 200 s go by
      Then the peer gets "seq 1001 length 1000"

  @BUF-06 @must @profile:notes @profile:linux-2.6.11 @profile:linux-6
  Rule: No segment is longer than half of the largest window that the peer has had
    Source: Linux 2.6.11, net/ipv4/tcp_output.c, tcp_sync_mss(); Linux 6.1, include/net/tcp.h, tcp_bound_to_half_wnd()
    Variation: 4.4BSD cuts none for that.

    Scenario Outline: A window of <window>
      Given alice has a connection that the peer began with "win <window> <mss 1000>"
      When alice sends 1000 octets
      Then the peer gets "seq 1 length <length>"

      Examples: Twice a segment, and less
        | window | length |
        | 2000   | 1000   |
        | 1999   | 999    |
        | 1000   | 500    |
        | 537    | 268    |

    Scenario: A larger one makes longer segments
      Given alice has a connection that the peer began with "win 1000 <mss 1000>"
      And the peer has sent ". 1:1(0) ack 1 win 2000"
      When alice sends 1000 octets
      Then the peer gets "seq 1 length 1000"

  @BUF-06 @must @profile:notes @profile:linux-2.6.11
  Rule: However small that window is
    Source: Linux 2.6.11, net/ipv4/tcp_output.c, tcp_sync_mss()

    Scenario: A window of 536
      Given alice has a connection that the peer began with "win 536 <mss 1000>"
      When alice sends 1000 octets
      Then the peer gets "seq 1 length 268"

  @BUF-06 @must @profile:linux-6
  Rule: A window of no more than the least segment that every host takes is used whole
    Source: Linux 6.1, include/net/tcp.h, tcp_bound_to_half_wnd()

    Scenario: A window of 536
      Given alice has a connection that the peer began with "win 536 <mss 1000>"
      When alice sends 1000 octets
      Then the peer gets "seq 1 length 536"
