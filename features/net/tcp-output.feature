@cap:network @cap:tcp
Feature: The way of octets from a program to the wire
  What is written is copied into buffers, the buffers are tested one by one, and those that may go are given a header
  and handed to the network layer.

  Background:
    Given interface eth0 at 10.0.0.1/24
    And neighbour 10.0.0.2 on eth0

  @TXP-01 @must @cap:tcp-trace @profile:notes @profile:linux-2.6.11
  Rule: A write passes the layers from the system call to the network layer in order
    Source: Linux 2.6.11, net/socket.c, net/ipv4/af_inet.c, net/ipv4/tcp.c, net/ipv4/tcp_output.c

    Background:
      Given alice has a connection that the peer began

    Scenario: From the system call to TCP
      When the way of 10 octets that alice sends is traced
      Then it passes sys_send, sys_sendto, sock_sendmsg, __sock_sendmsg, inet_sendmsg, tcp_sendmsg

    Scenario: Through TCP
      When the way of 10 octets that alice sends is traced
      Then it passes tcp_sendmsg, tcp_push, tcp_push_pending_frames, __tcp_push_pending_frames, tcp_write_xmit, tcp_cwnd_validate

    Scenario: Down to the device
      When the way of 10 octets that alice sends is traced
      Then it passes tcp_write_xmit, tcp_transmit_skb, ip_queue_xmit, dst_output, ip_output

    Scenario: What may not go yet goes no farther than the test
      Given alice has sent 10 octets
      When the way of 10 octets that alice sends is traced
      Then it passes tcp_sendmsg, tcp_push, tcp_write_xmit, tcp_snd_test
      And it does not pass tcp_transmit_skb

  @TXP-11 @must @cap:tcp-trace @profile:notes @profile:linux-2.6.11
  Rule: Each buffer is tested, cut where it is too long, sent, and passed
    Source: Linux 2.6.11, net/ipv4/tcp_output.c, tcp_write_xmit()

    Scenario: A buffer of the right length
      Given alice has a connection that the peer began
      When the way of 10 octets that alice sends is traced
      Then it passes tcp_snd_test, tcp_transmit_skb, update_send_head, tcp_cwnd_validate
      And it does not pass tcp_fragment

  @TXP-02 @must
  Rule: Octets are copied: what is sent, and sent again, is what was written
    Source: Linux 2.6.11, net/ipv4/tcp.c, tcp_sendmsg()

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario: Written again before the first is acknowledged
      Given alice has a connection that the peer began
      And alice has sent 10 octets
      And alice has sent 200 octets
      And the peer has got "P. 1:11(10) ack 1"
      When 8 s go by
      Then the peer gets "P. 1:11(10) ack 1"

    @profile:bsd-4.4
    Scenario: In 4.4BSD what has been written since goes along
      Given alice has a connection that the peer began
      And alice has sent 10 octets
      And alice has sent 200 octets
      And the peer has got "P. 1:11(10) ack 1"
      When 8 s go by
      Then the peer gets "P. 1:211(210) ack 1"

  @TXP-03 @must
  Rule: A small segment waits while one is unacknowledged
    Source: RFC 896; RFC 1122, section 4.2.3.4; Linux 2.6.11, include/net/tcp.h, tcp_nagle_check()

    Background:
      Given alice has a connection that the peer began with "win 65535 <mss 1000>"

    Scenario: The first one goes
      When alice sends 10 octets
      Then the peer gets "P. 1:11(10) ack 1"

    Scenario: The second one waits
      Given alice has sent 10 octets
      And the peer has got "P. 1:11(10) ack 1"
      When alice sends 10 octets
      Then the peer gets nothing

    Scenario: What has gathered goes in one with the ACK of the first
      Given alice has sent 10 octets
      And the peer has got "P. 1:11(10) ack 1"
      And alice has sent 10 octets
      And alice has sent 20 octets
      When the peer sends ". 1:1(0) ack 11"
      Then the peer gets "P. 11:41(30) ack 1"

    Scenario: An ACK of a part is not enough
      Given alice has sent 10 octets
      And the peer has got "P. 1:11(10) ack 1"
      And alice has sent 10 octets
      When the peer sends ". 1:1(0) ack 6"
      Then the peer gets nothing

    Scenario: With TCP_NODELAY it does not wait
      Given alice has set the stream option TCP_NODELAY to 1
      And alice has sent 10 octets
      And the peer has got "P. 1:11(10) ack 1"
      When alice sends 10 octets
      Then the peer gets "P. 11:21(10) ack 1"

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario: Setting it lets go what waits
      Given alice has sent 10 octets
      And the peer has got "P. 1:11(10) ack 1"
      And alice has sent 10 octets
      When alice sets the stream option TCP_NODELAY to 1
      Then the peer gets "P. 11:21(10) ack 1"

    @profile:bsd-4.4
    Scenario: In 4.4BSD it does so only when more is written
      Given alice has sent 10 octets
      And the peer has got "P. 1:11(10) ack 1"
      And alice has sent 10 octets
      And alice has set the stream option TCP_NODELAY to 1
      When alice sends 5 octets
      Then the peer gets "P. 11:26(15) ack 1"

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario: A full one does not wait
      Given alice has sent 10 octets
      And the peer has got "P. 1:11(10) ack 1"
      When alice sends 1000 octets
      Then the peer gets "P. 11:1011(1000) ack 1"

    Scenario: A FIN does not wait, nor what it is with
      Given alice has sent 10 octets
      And the peer has got "P. 1:11(10) ack 1"
      And alice has sent 10 octets
      When alice closes the stream socket
      Then the peer gets "FP. 11:21(10) ack 1"

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario: Nor when the window had no room for it at first
      Given bob listens at 10.0.0.1:81 with a backlog of 5
      And bob has a connection that peer 2 began with "win 15 <mss 1000>"
      And bob has sent 10 octets
      And peer 2 has got "P. 1:11(10) ack 1"
      And bob has sent 10 octets
      And bob has closed the stream socket
      When peer 2 sends ". 1:1(0) ack 1 win 1000"
      Then peer 2 gets "FP. 11:21(10) ack 1"

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario: Behind a full segment it goes
      Given alice has sent 1000 octets
      And the peer has got "P. 1:1001(1000) ack 1"
      When alice sends 10 octets
      Then the peer gets "P. 1001:1011(10) ack 1"

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario: TCP_CORK holds it though nothing is under way
      Given alice has set the stream option TCP_CORK to 1
      And alice has sent 10 octets
      When alice sets the stream option TCP_CORK to 0
      Then the peer gets "P. 1:11(10) ack 1"

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario: But not a full one
      Given alice has set the stream option TCP_CORK to 1
      When alice sends 1500 octets
      Then the peer gets ". 1:1001(1000) ack 1"
      And the peer gets nothing more

  @TXP-03 @must
  Rule: Nothing goes beyond the peer's window
    Source: RFC 9293, section 3.8.6; Linux 2.6.11, include/net/tcp.h, tcp_snd_test()

    Scenario: A window of two segments takes two
      Given alice has a connection that the peer began with "win 800 <mss 400>"
      When alice sends 1200 octets
      Then no segment goes beyond 801 to the peer

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario: One more when it has moved on
      Given alice has a connection that the peer began with "win 800 <mss 400>"
      And alice has sent 1200 octets
      And the peer has got all that was sent
      When the peer sends ". 1:1(0) ack 401 win 800"
      Then the peer gets "P. 801:1201(400) ack 1"

    Scenario: A window of nothing takes nothing
      Given alice has a connection that the peer began
      And the peer has sent "P. 1:2(1) ack 1"
      And the peer has sent "P. 2:3(1) ack 1 win 0"
      And 1 s goes by
      And the peer has got all that was sent
      When alice sends 10 octets
      Then the peer gets nothing

    Scenario: What waits goes when it opens
      Given alice has a connection that the peer began
      And the peer has sent "P. 1:2(1) ack 1"
      And the peer has sent "P. 2:3(1) ack 1 win 0"
      And 1 s goes by
      And the peer has got all that was sent
      And alice has sent 10 octets
      When the peer sends ". 3:3(0) ack 1 win 1000"
      Then the peer gets "P. 1:11(10) ack 3"

    Scenario: A window that has become larger in an older segment is not believed
      Given alice has a connection that the peer began
      And the peer has sent "P. 11:12(1) ack 1 win 0"
      And the peer has got all that was sent
      And the peer has sent "P. 1:11(10) ack 1 win 1000"
      And the peer has got all that was sent
      When alice sends 10 octets
      Then the peer gets nothing

  @TXP-04 @must
  Rule: Segments are as long as the MSS, the last one has the rest, and it is pushed
    Source: Linux 2.6.11, net/ipv4/tcp.c, tcp_sendmsg(); net/ipv4/tcp_output.c, tcp_fragment()

    Background:
      Given alice has a connection that the peer began with "win 65535 <mss 1000>"

    Scenario: One and a half
      Given alice has sent 1500 octets
      And the peer has sent ". 1:1(0) ack 1001"
      Then the peer gets ". 1:1001(1000) ack 1"
      And the peer gets "P. 1001:1501(500) ack 1"

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario: A path that has become narrower cuts what was sent anew
      Given alice has sent 1000 octets
      And the peer has got "P. 1:1001(1000) ack 1"
      When a router says "unreachable fragmentation-needed mtu 640" of the last segment
      Then the peer gets ". 1:601(600) ack 1"

  @TXP-07 @must
  Rule: The header says who, where in the stream, what has come, and how much may come
    Source: RFC 9293, section 3.1; Linux 2.6.11, net/ipv4/tcp_output.c, tcp_transmit_skb()

    Scenario: Of a segment with octets
      Given alice has a connection that the peer began
      And the peer has sent "P. 1:21(20) ack 1"
      And the peer has got all that was sent
      When alice sends 10 octets
      Then the peer gets "P. 1:11(10) ack 21 checksum good"

    Scenario: It carries the ACK that is owed, which then does not go alone
      Given alice has a connection that the peer began
      And the peer has sent "P. 1:21(20) ack 1"
      And alice has sent 10 octets
      And the peer has got all that was sent
      And the peer has sent ". 21:21(0) ack 11"
      When 1 s goes by
      Then the peer gets nothing

    Scenario: Nor when it had been put off
      Given alice has a connection that the peer began
      And the peer has sent "P. 1:21(20) ack 1"
      And alice has sent 10 octets
      And the peer has sent "P. 21:41(20) ack 11"
      And alice has sent 10 octets
      And the peer has got all that was sent
      And the peer has sent ". 41:41(0) ack 21"
      When 1 s goes by
      Then the peer gets nothing
