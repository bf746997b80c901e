@cap:network @cap:tcp
Feature: The receive buffer of a connection and its window
  The receiver tells in each segment how much more it can take. When nobody reads, that becomes nothing, and the sender
  has to stop; so nothing is lost.

  Background:
    Given interface eth0 at 10.0.0.1/24
    And neighbour 10.0.0.2 on eth0
    And alice has a stream socket at 10.0.0.1:80

  @BUF-06 @must
  Rule: When nobody reads, the window closes; what comes all the same is refused, and the sender is told so at once
    Source: RFC 9293, section 3.8.6; Linux 2.6.11, net/ipv4/tcp_output.c, __tcp_select_window(); net/ipv4/tcp_input.c, tcp_data_queue()

    Background:
      Given alice has set the stream option SO_RCVBUF to 6000
      And alice has listened with a backlog of 5
      And alice has a connection that the peer began with "win 65535 <mss 1000>"

    Scenario: The window closes
      When the peer sends alice as much as it may
      Then the peer is offered a window of 0
      And about as many octets wait for alice as the receive buffer holds

    Scenario: One octet more is not taken
      Given the peer has sent alice as much as it may
      When the peer sends 1 octet more than it may
      Then the peer is told at once of a window of 0
      And about as many octets wait for alice as the receive buffer holds

    Scenario: Reading all opens it again
      Given the peer has sent alice as much as it may
      When alice receives up to 100000 octets
      Then the peer is offered a window again

    Scenario: Nothing is lost, however slowly it is read
      When the peer sends 60000 octets to alice, who reads up to 3000 whenever the window is used up
      Then all 60000 octets have reached alice

    Scenario: Nor when little is read at a time
      When the peer sends 20000 octets to alice, who reads up to 700 whenever the window is used up
      Then all 20000 octets have reached alice

  @BUF-06 @must @profile:notes
  Rule: A closed window opens when there is room for a segment
    Source: Linux 2.6.11, net/ipv4/tcp_output.c, __tcp_select_window(); net/ipv4/tcp.c, cleanup_rbuf()

    Background:
      Given alice has set the stream option SO_RCVBUF to 6000
      And alice has listened with a backlog of 5
      And alice has a connection that the peer began with "win 65535 <mss 1000>"
      And the peer has sent alice as much as it may

    Scenario: 12000 octets wait
      Then 12000 octets wait to be read by alice

    Scenario: A question with an old number is answered
      When the peer sends ". 12000:12000(0) ack 1"
      Then the peer gets ". 1:1(0) ack 12001 win 0"

    Scenario: Not for one octet less
      When alice receives up to 999 octets
      Then the peer gets nothing

    Scenario: For a segment
      Given alice has received up to 999 octets
      When alice receives up to 1 octet
      Then the peer gets ". 1:1(0) ack 12001 win 1000"

    Scenario: And not again before it is twice as much
      Given alice has received up to 1000 octets
      And the peer has got ". 1:1(0) ack 12001 win 1000"
      And alice has received up to 999 octets
      And the peer gets nothing
      When alice receives up to 1 octet
      Then the peer gets ". 1:1(0) ack 12001 win 2000"

  @BUF-06 @must @profile:notes
  Rule: Of a window that is open by more than half nobody needs to be told
    Source: Linux 2.6.11, net/ipv4/tcp.c, cleanup_rbuf(), "Optimize, __tcp_select_window() is not cheap"

    Background: A window of 12000
      Given alice has set the stream option SO_RCVBUF to 6000
      And alice has listened with a backlog of 5
      And alice has a connection that the peer began with "win 65535 <mss 1000>"
      And the peer has sent 5 segments of 1000 octets, one by one

    Scenario: 6000 of it are open
      Given the peer has sent "P. 5001:6001(1000) ack 1"
      And 1 s goes by
      And the peer has got all that was sent
      When alice receives up to 6000 octets
      Then the peer gets ". 1:1(0) ack 6001 win 12000"

    Scenario: 6001 of it are open
      Given the peer has sent "P. 5001:6000(999) ack 1"
      And 1 s goes by
      And the peer has got all that was sent
      When alice receives up to 6000 octets
      Then the peer gets nothing

  @BUF-06 @must
  Rule: Behind the end of the stream nobody needs to be told of room any more
    Source: Linux 2.6.11, net/ipv4/tcp.c, cleanup_rbuf(), "Even if window raised up to infinity, do not send window open ACK in states, where we will not receive more"; 4.4BSD, kern/uipc_socket.c, soreceive(), PRU_RCVD

    @profile:notes
    Scenario: Nobody is
      Given alice has set the stream option SO_RCVBUF to 6000
      And alice has listened with a backlog of 5
      And alice has a connection that the peer began with "win 65535 <mss 1000>"
      And the peer has sent 11 segments of 1000 octets, one by one
      And the peer has sent "F. 11001:11001(0) ack 1"
      And 1 s goes by
      And the peer has got all that was sent
      When alice receives up to 11000 octets
      Then the peer gets nothing

    @profile:bsd-4.4
    Scenario: 4.4BSD does not look whether the stream has ended
      Given alice has set the stream option SO_RCVBUF to 8000
      And alice has listened with a backlog of 5
      And alice has a connection that the peer began with "win 65535 <mss 1000>"
      And the peer has sent 7 segments of 1000 octets, one by one
      And the peer has sent "F. 7001:7001(0) ack 1"
      And 1 s goes by
      And the peer has got all that was sent
      When alice receives up to 7000 octets
      Then the peer gets ". 1:1(0) ack 7002 win 8000"

  @BUF-06 @must @profile:bsd-4.4
  Rule: In 4.4BSD a window that has grown by two segments, or by half the buffer, is told of
    Source: 4.4BSD, netinet/tcp_output.c, "compare available window to amount of window known to peer"

    Background:
      Given alice has set the stream option SO_RCVBUF to 8000
      And alice has listened with a backlog of 5
      And alice has a connection that the peer began with "win 65535 <mss 1000>"
      And the peer has sent alice as much as it may

    Scenario: 8000 octets wait
      Then 8000 octets wait to be read by alice

    Scenario: A question with an old number is answered
      When the peer sends ". 8000:8000(0) ack 1"
      Then the peer gets ". 1:1(0) ack 8001 win 0"

    Scenario: Not for one octet less than two segments
      When alice receives up to 1999 octets
      Then the peer gets nothing

    Scenario: For two segments
      Given alice has received up to 1999 octets
      When alice receives up to 1 octet
      Then the peer gets ". 1:1(0) ack 8001 win 2000"

  @BUF-09 @OPT-04 @must
  Rule: The window never promises more than the receive buffer has room for
    Source: RFC 9293, section 3.8.6.2.2; Linux 2.6.11, net/ipv4/tcp_output.c, __tcp_select_window(); 4.4BSD, netinet/tcp_output.c

    @profile:notes
    Scenario: Octets that waited for others before them leave nothing behind
      Given alice has set the stream option SO_RCVBUF to 6000
      And alice has listened with a backlog of 5
      And alice has a connection that the peer began with "win 65535 <mss 1000>"
      And the peer has sent ". 1001:2001(1000) ack 1"
      And the peer has sent ". 1:1001(1000) ack 1"
      And alice has received up to 2000 octets
      And the peer has got all that was sent
      When the peer sends ". 0:0(0) ack 1"
      Then the peer gets ". 1:1(0) ack 2001 win 12000"

    Scenario Outline: SO_RCVBUF of <size>
      Given alice has set the stream option SO_RCVBUF to <size>
      And alice has listened with a backlog of 5
      And alice has a connection that the peer began with "win 65535 <mss 1000>"
      When the peer sends 50000 octets to alice, who reads up to 2500 whenever the window is used up
      Then the window, with what waited, was never more than the receive buffer of alice

      Examples: Small and large
        | size  |
        | 2000  |
        | 3000  |
        | 6000  |
        | 20000 |
        | 50000 |

    @profile:linux-2.6.11 @profile:linux-6
    Scenario Outline: In Linux a quarter of it is for what is not data, with SO_RCVBUF of <size>
      Given alice has set the stream option SO_RCVBUF to <size>
      And alice has listened with a backlog of 5
      And alice has a connection that the peer began with "win 65535 <mss 1000>"
      When the peer sends 50000 octets to alice, who reads up to 2500 whenever the window is used up
      Then the window was never more than three quarters of the receive buffer of alice

      Examples: Small and large
        | size  |
        | 3000  |
        | 20000 |

    @profile:notes
    Scenario Outline: The first window, with SO_RCVBUF of <asked>
      Given alice has set the stream option SO_RCVBUF to <asked>
      And alice has listened with a backlog of 5
      When the peer sends "S 0:0(0) win 65535 <mss 1000>"
      Then the peer is offered a window of <window>

      Examples: Twice what was asked for, as far as the header can say
        | asked | window |
        | 128   | 256    |
        | 1     | 256    |
        | 3000  | 6000   |
        | 32767 | 65534  |
        | 32768 | 65535  |
        | 50000 | 65535  |

    @profile:bsd-4.4
    Scenario Outline: The first window in 4.4BSD, with SO_RCVBUF of <asked>
      Given alice has set the stream option SO_RCVBUF to <asked>
      And alice has listened with a backlog of 5
      When the peer sends "S 0:0(0) win 65535 <mss 1000>"
      Then the peer is offered a window of <window>

      Examples: What was asked for, as far as the header can say
        | asked | window |
        | 4000  | 4000   |
        | 65535 | 65535  |
        | 65536 | 65535  |

    @profile:linux-2.6.11
    Scenario Outline: The window of Linux 2.6.11 is no more than a signed number says, with SO_RCVBUF of <asked>
      Given alice has set the stream option SO_RCVBUF to <asked>
      And alice has listened with a backlog of 5
      And alice has a connection that the peer began with "win 65535 <mss 1000>"
      When the peer sends 100000 octets to alice, who reads up to 100000 whenever the window is used up
      Then the peer is offered a window of <most> at most

      Examples: Three quarters of twice as much, and 32767
        | asked | most  |
        | 4000  | 6000  |
        | 20000 | 30000 |
        | 50000 | 32767 |

  @FLW-03 @must
  Rule: What is written while the peer's window is closed waits, and leaves when it opens
    Source: RFC 9293, section 3.8.6; Linux 2.6.11, net/ipv4/tcp_output.c, tcp_write_xmit()

    Background:
      Given alice has listened with a backlog of 5
      And alice has a connection that the peer began with "win 0 <mss 1000>"

    Scenario: It is taken, and does not leave
      When alice sends 10 octets
      Then 10 octets of alice were taken
      And 10 octets of alice wait for an ACK
      And 10 octets of alice have not left
      And the peer gets nothing

    Scenario: The window opens
      Given alice has sent 10 octets
      When the peer sends ". 1:1(0) ack 1 win 1000"
      Then the peer gets "P. 1:11(10) ack 1"
      And 0 octets of alice have not left

    Scenario: A window of a part takes no more than that
      Given alice has sent 2000 octets
      When the peer sends ". 1:1(0) ack 1 win 999"
      Then no segment goes beyond 1000 to the peer

    Scenario: A window of a segment takes one
      Given alice has sent 2000 octets
      When the peer sends ". 1:1(0) ack 1 win 1000"
      Then 1000 octets of alice have not left
      And no segment goes beyond 1001 to the peer

    Scenario: All of it in the end
      Given alice has sent 5000 octets
      When the peer sends ". 1:1(0) ack 1 win 65535"
      Then the peer gets all 5000 octets in the end

  @FLW-03 @must
  Rule: The end of the stream has a number, and so needs room, to who looks
    Source: RFC 9293, section 3.8.6; Linux 2.6.11, include/net/tcp.h, tcp_snd_test()
    Variation: 4.4BSD, netinet/tcp_output.c, sends a FIN whenever it has none under way.

    Background:
      Given alice has listened with a backlog of 5
      And alice has a connection that the peer began with "win 0 <mss 1000>"
      And alice has shut the connection down for writing

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario: It waits for that
      Then the peer gets nothing

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario: And leaves when the window opens
      When the peer sends ". 1:1(0) ack 1 win 1"
      Then the peer gets "F. 1:1(0) ack 1"

    @profile:bsd-4.4
    Scenario: In 4.4BSD it leaves at once
      Then the peer gets "F. 1:1(0) ack 1"

  @FLW-03 @must
  Rule: Into a window that is less than a segment a part of one goes, but only after a while
    Source: RFC 9293, section 3.8.6.2.1; Linux 2.6.11, net/ipv4/tcp_output.c, tcp_write_wakeup(); 4.4BSD, netinet/tcp_output.c

    Background:
      Given alice has listened with a backlog of 5
      And alice has a connection that the peer began with "win 65535 <mss 1000>"
      And alice has sent 1000 octets
      And the peer has got "P. 1:1001(1000)"
      And the peer has sent ". 1:1(0) ack 1001 win 300"

    Scenario: It waits
      When alice sends 1000 octets
      Then the peer gets nothing
      And 1000 octets of alice have not left

    Scenario: After a while so much goes as there is room for
      Given alice has sent 1000 octets
      When 10 s go by
      Then the peer gets "seq 1001 length 300"
      And no segment goes beyond 1301 to the peer

    Scenario: Room for one octet is room
      Given bob listens at 10.0.0.1:81 with a backlog of 5
      And bob has a connection that peer 2 began with "win 1 <mss 1000>"
      And bob has sent 1000 octets
      When 10 s go by
      Then peer 2 gets "seq 1 length 1"

    Scenario: The rest goes when there is more room
      Given alice has sent 1000 octets
      And 10 s go by
      And the peer has got all that was sent
      When the peer sends ". 1:1(0) ack 1301 win 65535"
      Then the peer gets "P. 1301:2001(700) ack 1"

  @FLW-03 @TXP-04 @must
  Rule: What was cut for a small window can still become longer
    Source: Linux 2.6.11, net/ipv4/tcp_output.c, tcp_write_wakeup(), tcp_fragment(); net/ipv4/tcp.c, tcp_sendmsg()

    Scenario: 300 of 900 octets have gone, and 400 are written behind the others
      Given alice has listened with a backlog of 5
      And alice has a connection that the peer began with "win 65535 <mss 1000>"
      And alice has sent 1000 octets
      And the peer has sent ". 1:1(0) ack 1001 win 300"
      And alice has sent 900 octets
      And 10 s go by
      And alice has sent 400 octets
      Then the peer gets all 2300 octets in the end

  @BUF-06 @FLW-03 @must
  Rule: A sender that finds the window closed asks again and again whether it has opened
    Source: RFC 9293, section 3.8.6.1; Linux 2.6.11, net/ipv4/tcp_timer.c, tcp_probe_timer(); 4.4BSD, netinet/tcp_timer.c, TCPT_PERSIST

    Background:
      Given alice has listened with a backlog of 5
      And alice has a connection that the peer began with "win 0 <mss 1000>"
      And alice has sent 2000 octets

    @profile:notes @profile:linux-2.6.11
    Scenario: Linux with an old number, which has to be answered
      When 10 s go by
      Then the peer gets these segments, and nothing else:
        | 3000 ms | . 0:0(0) ack 1 |
        | 9000 ms | . 0:0(0) ack 1 |

    @profile:bsd-4.4
    Scenario: 4.4BSD with the first octet that the window has no room for
      When 20 s go by
      Then the peer gets ". 1:2(1) ack 1"
      And the peer gets ". 1:2(1) ack 1"

    Scenario: It does not give up as long as it is answered
      Given 8 s go by
      And the peer has got all that was sent
      And the peer has sent ". 1:1(0) ack 1 win 0"
      And 60 s go by
      And the peer has got all that was sent
      And the peer has sent ". 1:1(0) ack 1 win 0"
      When 120 s go by
      And the peer sends ". 1:1(0) ack 1 win 65535"
      Then the peer gets all 2000 octets in the end

    @cap:tcp-tunables @profile:notes @profile:linux-2.6.11
    Scenario: Each answer begins the count of what was asked in vain anew
      Given retransmissions is 2
      And 10 s go by
      And the peer has sent ". 1:1(0) ack 1 win 0"
      And 25 s go by
      And the peer has sent ". 1:1(0) ack 1 win 0"
      And 25 s go by
      And the peer has got all that was sent
      When the peer sends ". 1:1(0) ack 1 win 65535"
      Then the peer gets all 2000 octets in the end

    @profile:notes @profile:linux-2.6.11
    Scenario: Without an answer it gives up
      When 2000 s go by
      And alice sends 10 octets
      Then the call fails with ETIMEDOUT

    @cap:tcp-info @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario: Once the window is open nothing asks any more
      Given 10 s go by
      When the peer sends ". 1:1(0) ack 1 win 65535"
      Then the zero-window-probe timer of alice does not run

    @cap:tcp-info
    Scenario: While it is closed the timer for that runs, and not the one for retransmissions
      Then the zero-window-probe timer of alice runs
      And the retransmission timer of alice does not run

  @BUF-09 @must @profile:linux-2.6.11
  Rule: Linux offers four segments at first, and two more for each full one that comes
    Source: Linux 2.6.11, include/net/tcp.h, tcp_select_initial_window(); net/ipv4/tcp_input.c, tcp_grow_window()

    Background:
      Given alice has listened with a backlog of 5
      And the peer has sent "S 0:0(0) win 65535 <mss 1460>"
      And the peer has got "S. 0:0(0) ack 1 win 5840"
      And the peer has sent ". 1:1(0) ack 1"
      And alice has accepted a connection

    Scenario: A full segment
      When the peer sends ". 1:1461(1460) ack 1"
      Then the peer gets ". 1:1(0) ack 1461 win 8760"

    Scenario: And another one
      Given the peer has sent ". 1:1461(1460) ack 1"
      And the peer has got ". 1:1(0) ack 1461"
      When the peer sends ". 1461:2921(1460) ack 1"
      Then the peer gets ". 1:1(0) ack 2921 win 11680"

    Scenario: One that is not full, by two of what is taken for full, in whole ones of that
      Source: Linux 2.6.11, net/ipv4/tcp_input.c, __tcp_grow_window()
      When the peer sends ". 1:501(500) ack 1"
      Then the peer gets ". 1:1(0) ack 501 win 6432"

    Scenario: Fewer than 128 octets are no reason to
      When the peer sends "P. 1:128(127) ack 1"
      Then the peer gets ". 1:1(0) ack 128 win 5840"
