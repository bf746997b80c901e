@cap:network @cap:udp
Feature: Buffers of datagram sockets
  A datagram that nobody has read yet waits in the receive buffer. What does not fit is lost, and nobody is told. On the
  way out there is no such place: a datagram goes to the interface at once, and is lost there when that is full.

  Background:
    Given interface eth0 at 10.0.0.1/24
    And alice has a UDP socket at 10.0.0.1:1000
    And bob has a UDP socket at 10.0.0.1:2000

  @BUF-05 @must
  Rule: Datagrams that come faster than they are read wait in order
    Source: Linux 2.6.11, include/net/sock.h, sock_queue_rcv_skb(); 4.4BSD, kern/uipc_socket2.c, sbappendaddr()

    Scenario: Occupancy after each arrival and each read
      When alice sends 01 to 10.0.0.1:2000
      Then 1 datagram waits for bob
      When alice sends 02 to 10.0.0.1:2000
      Then 2 datagrams wait for bob
      When bob receives a datagram
      Then bob gets 01 from 10.0.0.1:1000
      And 1 datagram waits for bob
      When bob receives a datagram
      Then bob gets 02 from 10.0.0.1:1000
      And 0 datagrams wait for bob

  @BUF-07 @must
  Rule: When the receive buffer is full, further datagrams are lost, and those that are there stay as they are
    Source: Linux 2.6.11, net/ipv4/udp.c, udp_queue_rcv_skb(); 4.4BSD, netinet/udp_usrreq.c, udps_fullsock

    Background:
      Given bob has set SO_RCVBUF to 4000

    Scenario: A flood
      When alice sends 100 datagrams of 100 octets, each with its number, to 10.0.0.1:2000
      Then some of them wait for bob, and the others are lost
      And bob reads the first ones, in order, and nothing else

    Scenario: Who sends is not told
      When alice sends 100 datagrams of 100 octets, each with its number, to 10.0.0.1:2000
      Then every one of them was taken

    @profile:notes @profile:linux-2.6.11 @profile:bsd-4.4
    Scenario: Reading one makes room
      Given alice has sent 100 datagrams of 100 octets, each with its number, to 10.0.0.1:2000
      And bob has received a datagram
      When alice sends 100 octets of 7A to 10.0.0.1:2000
      Then the last datagram that waits for bob is 100 octets of 7A

    Scenario: Reading all makes room
      Given alice has sent 100 datagrams of 100 octets, each with its number, to 10.0.0.1:2000
      And bob has received all that wait
      When alice sends 100 octets of 7A to 10.0.0.1:2000
      Then the last datagram that waits for bob is 100 octets of 7A

  @BUF-07 @must @profile:linux-6
  Rule: Room is given back when a quarter of the buffer has been read, or all that was there
    Source: Linux 6.18, net/ipv4/udp.c, udp_rmem_release(): forward_threshold

    Background:
      Given bob has set SO_RCVBUF to 8000
      And alice has sent 200 datagrams of 100 octets, each with its number, to 10.0.0.1:2000

    Scenario: One of many is less than a quarter
      Given bob has received a datagram
      When alice sends 100 octets of 7A to 10.0.0.1:2000
      Then the last datagram that waits for bob is not 100 octets of 7A

    Scenario: One after the other: some time there is room, long before all are read
      When bob receives datagrams until 100 octets of 7A from alice to 10.0.0.1:2000 find room
      Then at least an eighth of what waited has been read, and at most a half

    Scenario: When all were read there is room
      Then bob reads the first ones, in order, and nothing else
      When alice sends 100 octets of 7A to 10.0.0.1:2000
      Then the last datagram that waits for bob is 100 octets of 7A

  @OPT-04 @must
  Rule: A larger receive buffer holds more datagrams
    Source: Linux 2.6.11, net/core/sock.c, SO_RCVBUF

    Scenario: Twice as much, about twice as many
      Given carol has a UDP socket at 10.0.0.1:3000
      And bob has set SO_RCVBUF to 4000
      And carol has set SO_RCVBUF to 8000
      When alice sends 200 datagrams of 100 octets, each with its number, to 10.0.0.1:2000
      And alice sends 200 datagrams of 100 octets, each with its number, to 10.0.0.1:3000
      Then about twice as many wait for carol as for bob

  @BUF-07 @OPT-04 @must @profile:bsd-4.4
  Rule: A datagram counts with the 16 octets of its sender's address, and fits up to the last octet
    Source: 4.4BSD, kern/uipc_socket2.c, sbappendaddr(), sbspace()

    Scenario Outline: <length> octets in a buffer of 1000
      Given bob has set SO_RCVBUF to 1000
      When alice sends <length> octets of 7A to 10.0.0.1:2000
      Then <count> datagrams wait for bob

      Examples:
        | length | count |
        | 984    | 1     |
        | 985    | 0     |

  @BUF-07 @OPT-04 @must @profile:notes @profile:linux-2.6.11
  Rule: Datagrams wait where the buffer is larger than what all of them cost
    Source: Linux 2.6.11, include/net/sock.h, sock_queue_rcv_skb()

    Scenario: As large is not enough
      When the least receive buffers of bob for 1, 2 and 3 datagrams of 300 octets from alice to 10.0.0.1:2000 are looked for
      Then each is larger than the one before by what a datagram costs
      And the first is larger than that

    Scenario: There is a buffer that has no room for any
      Given bob has set SO_RCVBUF to 0
      When alice sends 300 octets of 7A to 10.0.0.1:2000
      Then 0 datagrams wait for bob

  @BUF-07 @OPT-04 @must @profile:linux-6
  Rule: Datagrams wait where the buffer is as large as what all of them cost, and one always may
    Source: Linux 6.18, net/ipv4/udp.c, __udp_enqueue_schedule_skb()

    Scenario: As large is enough
      When the least receive buffers of bob for 6, 7 and 8 datagrams of 300 octets from alice to 10.0.0.1:2000 are looked for
      Then each is larger than the one before by what a datagram costs
      And the first is as large as 6 of that

    Scenario: One waits that is longer than the buffer, and no other
      Given bob has set SO_RCVBUF to 0
      When alice sends 4000 octets of 7A to 10.0.0.1:2000
      Then 1 datagram waits for bob
      When alice sends 4000 octets of 7A to 10.0.0.1:2000
      Then 1 datagram waits for bob

  @BUF-07 @must @cap:mib
  Rule: A datagram that was lost for want of room is counted
    Source: RFC 2013, udpInErrors; Linux 2.6.11, net/ipv4/udp.c, udp_queue_rcv_skb()

    Scenario: Those that wait, and those that are lost, are all that came
      Given bob has set SO_RCVBUF to 4000
      When alice sends 100 datagrams of 100 octets, each with its number, to 10.0.0.1:2000
      Then UdpInErrors has grown by as many as are lost for bob

  @BUF-03 @must @profile:notes @profile:bsd-4.4 @cap:interface-queue
  Rule: A datagram socket has nothing in its send buffer, even while the datagram waits before the wire
    Source: 4.4BSD, netinet/udp_usrreq.c, udp_output(), kern/uipc_socket.c, sosend()

    Scenario: The device takes nothing
      Given neighbour 10.0.0.2 on eth0
      And alice has sent 01 to 10.0.0.2:7
      And eth0 has sent that
      And eth0 is stalled
      When alice sends 100 octets of 61 to 10.0.0.2:7
      Then 1 frame waits at eth0
      And nothing of alice waits to be sent

  @BUF-04 @FLW-01 @FLW-02 @must @profile:notes @profile:bsd-4.4 @cap:interface-queue
  Rule: A datagram that finds the interface's queue full is lost there, and the call that sends it fails at once
    Source: 4.4BSD, net/if.h, IF_QFULL; net/if_ethersubr.c, ether_output(): ENOBUFS

    Background:
      Given eth0 has a queue of 10 frames
      And neighbour 10.0.0.2 on eth0
      And alice has sent 01 to 10.0.0.2:7
      And eth0 has sent that
      And eth0 is stalled

    Scenario: As many as the queue holds
      When alice sends 10 datagrams of 100 octets, each with its number, to 10.0.0.2:7
      Then every one of them was taken
      And 10 frames wait at eth0
      And eth0 has dropped 0 frames

    Scenario: One more
      Given alice has sent 10 datagrams of 100 octets, each with its number, to 10.0.0.2:7
      When alice sends 01 to 10.0.0.2:7
      Then the call fails with ENOBUFS
      And 10 frames wait at eth0
      And eth0 has dropped 1 frame

    Scenario: Thousands: none waits, each is told
      When alice sends 3000 datagrams of 100 octets, each with its number, to 10.0.0.2:7
      Then 10 of them were taken, and the others failed with ENOBUFS
      And eth0 has dropped 2990 frames
      And nothing of alice waits to be sent

    Scenario: What was lost is not sent again
      Given alice has sent 10 datagrams of 100 octets, each with its number, to 10.0.0.2:7
      When alice sends 01 to 10.0.0.2:7
      And eth0 goes on
      Then eth0 sends 10 frames, and then nothing

    Scenario: When there is room again, it goes on
      Given alice has sent 10 datagrams of 100 octets, each with its number, to 10.0.0.2:7
      When eth0 goes on
      And alice sends 01 to 10.0.0.2:7
      Then all 1 octets were taken

  @BUF-04 @must @profile:linux-2.6.11 @profile:linux-6 @cap:interface-queue
  Rule: A datagram that finds the interface's queue full is lost there, and nobody is told who has not asked
    Source: Linux 2.6.11, net/ipv4/ip_output.c, ip_push_pending_frames(): net_xmit_errno() only with recverr

    Background:
      Given eth0 has a queue of 10 frames
      And neighbour 10.0.0.2 on eth0
      And alice has sent 01 to 10.0.0.2:7
      And eth0 has sent that
      And eth0 is stalled
      And alice has sent 10 datagrams of 100 octets, each with its number, to 10.0.0.2:7

    Scenario: The call succeeds
      When alice sends 01 to 10.0.0.2:7
      Then all 1 octets were taken
      And eth0 has dropped 1 frame

    Scenario: With IP_RECVERR it fails
      Given alice has set IP_RECVERR to 1
      When alice sends 01 to 10.0.0.2:7
      Then the call fails with ENOBUFS
      And eth0 has dropped 1 frame

  @FLW-02 @must @profile:linux-2.6.11 @profile:linux-6 @cap:interface-queue
  Rule: A sender whose buffers all wait before the wire sleeps, or is told to come again
    Source: Linux 2.6.11, net/core/sock.c, sock_alloc_send_skb()

    Background:
      Given neighbour 10.0.0.2 on eth0
      And alice has sent 01 to 10.0.0.2:7
      And eth0 has sent that
      And eth0 is stalled
      And alice has set SO_SNDBUF to 5000

    Scenario: It sleeps
      When alice sends 1400 octets of 61 to 10.0.0.2:7 until it sleeps
      And 1 s go by
      Then alice sleeps

    Scenario: It is woken when they have left
      Given alice sends 1400 octets of 61 to 10.0.0.2:7 until it sleeps
      When eth0 goes on
      Then alice has sent all 1400 octets

  @FLW-02 @must @profile:linux-2.6.11 @profile:linux-6 @cap:interface-queue
  Rule: A sender may have as much before the wire as its buffer pays for, and sleeps until half of that is gone
    Source: Linux 2.6.11, net/core/sock.c, sock_alloc_send_pskb(), sock_def_write_space()

    Background:
      Given neighbour 10.0.0.2 on eth0
      And alice has sent 01 to 10.0.0.2:7
      And eth0 has sent that
      And eth0 has a queue of 10 frames and a wire of 1000000 bits a second

    Scenario: A buffer that is used up has no room
      Given alice has a send buffer for 4 datagrams of 1400 octets to 10.0.0.2:7
      And eth0 is stalled
      When alice sends 1400 octets of 61 to 10.0.0.2:7 until it sleeps
      Then 4 frames wait at eth0

    Scenario: One that is not has room for one more, however long
      Given alice has a send buffer for 4 datagrams of 1400 octets to 10.0.0.2:7, and a little more
      And eth0 is stalled
      When alice sends 1400 octets of 61 to 10.0.0.2:7 until it sleeps
      Then 5 frames wait at eth0

    @clock:virtual
    Scenario: Half of it has to be free, and no more
      Given alice has a send buffer for 4 datagrams of 1400 octets to 10.0.0.2:7
      And eth0 is stalled
      And alice sends 1400 octets of 61 to 10.0.0.2:7 until it sleeps
      When eth0 goes on
      And 23 ms go by
      Then alice sleeps
      When 1 ms goes by
      Then alice has sent all 1400 octets
