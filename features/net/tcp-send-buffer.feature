@cap:network @cap:tcp
Feature: The send buffer of a connection
  What is written waits in the send buffer until the peer has acknowledged it. When the buffer is full the writer sleeps,
  and goes on when enough of it is free again.

  Background:
    Given interface eth0 at 10.0.0.1/24
    And neighbour 10.0.0.2 on eth0
    And alice has a connection that the peer began with "win 65535 <mss 1000>"

  @FLW-04 @must
  Rule: Octets leave the send buffer when they are acknowledged, and not before
    Source: RFC 9293, section 3.8.6; Linux 2.6.11, net/ipv4/tcp_input.c, tcp_clean_rtx_queue(); 4.4BSD, netinet/tcp_input.c, sbdrop()

    Scenario: Sent is not acknowledged
      When alice sends 3000 octets
      Then 3000 octets of alice wait for an ACK

    Scenario Outline: An ACK up to <ack>
      Given alice has sent 1000 octets
      When the peer sends ". 1:1(0) ack <ack>"
      Then <left> octets of alice wait for an ACK

      Examples: None, one, all but one, all
        | ack  | left |
        | 1    | 1000 |
        | 2    | 999  |
        | 1000 | 1    |
        | 1001 | 0    |

    Scenario: One that says the same again frees nothing
      Given alice has sent 3000 octets
      And the peer has sent ". 1:1(0) ack 501"
      When the peer sends ". 1:1(0) ack 501"
      Then 2500 octets of alice wait for an ACK

    Scenario: Nor does an older one
      Given alice has sent 3000 octets
      And the peer has sent ". 1:1(0) ack 501"
      When the peer sends ". 1:1(0) ack 401"
      Then 2500 octets of alice wait for an ACK

    Scenario: Nor one of what was never sent
      Given alice has sent 1000 octets
      When the peer sends ". 1:1(0) ack 1002"
      Then 1000 octets of alice wait for an ACK

    @profile:notes @profile:bsd-4.4
    Scenario: A FIN is no octet
      Given alice has sent 1000 octets
      When alice shuts the connection down for writing
      Then 1000 octets of alice wait for an ACK

    @profile:notes @profile:bsd-4.4
    Scenario: Nor is a SYN
      When bob begins to connect to 10.0.0.2:90
      Then 0 octets of bob wait for an ACK

    Scenario: Being sent again frees nothing
      Given alice has sent 1000 octets
      When 8 s go by
      Then 1000 octets of alice wait for an ACK

  @FLW-05 @must
  Rule: Octets that were lost on the way are sent again, the same ones
    Source: RFC 9293, section 3.8.1

    Scenario: The segment never arrives
      Given alice has sent 500 octets
      And the peer has got "P. 1:501(500) ack 1"
      When 8 s go by
      Then the peer gets "P. 1:501(500) ack 1"

    Scenario: The acknowledged part is not sent again
      Given alice has sent 500 octets
      And the peer has got "P. 1:501(500) ack 1"
      And the peer has sent ". 1:1(0) ack 201"
      When 8 s go by
      Then the peer gets "P. 201:501(300) ack 1"

    Scenario: The ACK arrives corrupted, which is as if it had not
      Given alice has sent 500 octets
      And the peer has got "P. 1:501(500) ack 1"
      And the peer has sent ". 1:1(0) ack 501 checksum bad"
      When 8 s go by
      Then 500 octets of alice wait for an ACK
      And the peer gets "P. 1:501(500) ack 1"

    Scenario: What arrives corrupted is not acknowledged, and is taken when it comes again
      Given the peer has sent "P. 1:11(10) ack 1 checksum bad"
      And 1 s goes by
      And the peer gets nothing
      And 0 octets wait to be read by alice
      When the peer sends "P. 1:11(10) ack 1"
      And alice receives up to 100 octets
      Then alice gets the next 10 octets

    Scenario: All arrive in the end though the first one is lost
      Given alice has sent 5000 octets
      And the peer has got "seq 1 length 1000"
      When 1 s goes by
      Then the peer gets all 5000 octets in the end

  @BUF-02 @must
  Rule: When the send buffer is full, nothing more can be sent
    Source: POSIX.1-2001, send(); Linux 2.6.11, net/ipv4/tcp.c, tcp_sendmsg(): wait_for_sndbuf; 4.4BSD, kern/uipc_socket.c, sosend()

    Scenario: Who does not wait is told to come again
      Given alice has filled the send buffer
      When alice sends 1000 octets without waiting
      Then the call fails with EAGAIN
      And alice cannot write

    Scenario: Who waits sleeps
      Given alice has filled the send buffer
      When alice sends 1000 octets
      Then alice sleeps

    Scenario: It holds no more than it is long
      Given alice has filled the send buffer
      Then no more octets of alice wait than the stream option SO_SNDBUF says

    @profile:notes
    Scenario Outline: A buffer of 10000 octets, a write of <length>
      Given alice has set the stream option SO_SNDBUF to 5000
      When alice sends <length> octets without waiting
      Then <taken> octets of alice were taken
      And <taken> octets of alice wait for an ACK

      Examples: One less than it holds, all, one more, twice as many
        | length | taken |
        | 9999   | 9999  |
        | 10000  | 10000 |
        | 10001  | 10000 |
        | 20000  | 10000 |

    @profile:notes
    Scenario: One octet short of full takes one
      Given alice has set the stream option SO_SNDBUF to 5000
      And alice has sent 9999 octets
      And alice has sent 1 octet
      When alice sends 1 octet without waiting
      Then the call fails with EAGAIN

    @profile:bsd-4.4
    Scenario Outline: A buffer of 8192 octets, a write of <length>
      Given alice has set the stream option SO_SNDBUF to 8192
      When alice sends <length> octets without waiting
      Then <taken> octets of alice were taken
      And <taken> octets of alice wait for an ACK

      Examples: One less than it holds, all, one more, twice as many
        | length | taken |
        | 8191   | 8191  |
        | 8192   | 8192  |
        | 8193   | 8192  |
        | 16384  | 8192  |

    @profile:bsd-4.4
    Scenario Outline: With room for 1000, which is less than the mark of 2048, a write of <length> <outcome>
      Given alice has set the stream option SO_SNDBUF to 8192
      And alice has sent 7192 octets
      When alice sends <length> octets
      Then <outcome>
      And <waiting> octets of alice wait for an ACK

      Examples: What fits goes in whole, and more not in part
        | length | outcome                         | waiting |
        | 1000   | 1000 octets of alice were taken | 8192    |
        | 1001   | alice sleeps                    | 7192    |

    @profile:linux-2.6.11 @profile:linux-6
    Scenario: A buffer that was made longer holds more
      Given alice has set the stream option SO_SNDBUF to 20000
      And alice has filled the send buffer
      And alice has set the stream option SO_SNDBUF to 40000
      When alice sends 1000 octets without waiting
      Then 1000 octets of alice were taken

  @FLW-07 @must
  Rule: A write may take fewer octets than it was given
    Source: POSIX.1-2001, write(), send(); Linux 2.6.11, net/ipv4/tcp.c, tcp_sendmsg(): do_interrupted; 4.4BSD, kern/sys_generic.c, write()

    Background:
      Given alice has set the stream option SO_SNDBUF to 20000

    Scenario: Without waiting it takes what there is room for
      When alice sends 100000 octets without waiting
      Then as many octets of alice were taken as wait for an ACK

    Scenario: A signal ends the sleep, and the write with what was taken
      Given alice sleeps sending 100000 octets
      When a signal comes to alice, whose handler has not SA_RESTART
      Then as many octets of alice were taken as wait for an ACK

    Scenario: With a handler that restarts calls, too
      Given alice sleeps sending 100000 octets
      When a signal comes to alice, whose handler has SA_RESTART
      Then as many octets of alice were taken as wait for an ACK

    Scenario: When nothing was taken it says so
      Given alice has filled the send buffer
      And alice sleeps sending 1000 octets
      When a signal comes to alice, whose handler has not SA_RESTART
      Then the call of alice fails with EINTR

    Scenario: SO_SNDTIMEO ends it, too
      Given alice has set the stream option SO_SNDTIMEO to 500
      And alice sleeps sending 100000 octets
      When 1 s goes by
      Then as many octets of alice were taken as wait for an ACK

    Scenario: And with nothing taken fails
      Given alice has set the stream option SO_SNDTIMEO to 500
      And alice has filled the send buffer
      And alice sleeps sending 1000 octets
      When 1 s goes by
      Then the call of alice fails with EAGAIN

    Scenario: The octets that were taken are the first ones, and those that were not are none of the stream
      Given alice has filled the send buffer
      And the peer has acknowledged all that came
      When alice sends 2000 octets
      Then the peer acknowledges all that comes
      And 0 octets of alice wait for an ACK

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario: When the peer resets the connection meanwhile, the next call tells of it
      Given alice sleeps sending 100000 octets
      And the peer sends "R. 1:1(0) ack 1"
      And alice sleeps no more
      When alice sends 10 octets
      Then the call fails with ECONNRESET

    @profile:bsd-4.4
    Scenario: When the peer resets the connection meanwhile, the call itself tells of it
      Given alice sleeps sending 100000 octets
      When the peer sends "R. 1:1(0) ack 1"
      Then the call of alice fails with ECONNRESET

  @FLW-06 @TXP-04 @must
  Rule: What a writer has written goes before it sleeps, and does not wait for what it will write
    Source: Linux 2.6.11, net/ipv4/tcp.c, tcp_sendmsg(), wait_for_memory: tcp_push(), TCP_NAGLE_PUSH; 4.4BSD, kern/uipc_socket.c, sosend(); netinet/tcp_output.c, silly window

    Background: A window of several segments
      Given alice has sent 8000 octets
      And the peer has acknowledged 8000 octets, 1000 at a time

    @profile:notes
    Scenario: The small segment at its end as well
      Given alice has set the stream option SO_SNDBUF to 1300
      When alice sleeps sending 10000 octets
      Then the peer gets ". 8001:9001(1000) ack 1"
      And the peer gets ". 9001:10001(1000) ack 1"
      And the peer gets "P. 10001:10601(600) ack 1"
      And the peer gets nothing more

    @profile:bsd-4.4
    Scenario: In 4.4BSD a small segment waits, too, while something is under way
      Given alice has set the stream option SO_SNDBUF to 4600
      When alice sleeps sending 10000 octets
      Then the peer gets ". 8001:9001(1000) ack 1"
      And the peer gets ". 9001:10001(1000) ack 1"
      And the peer gets ". 10001:11001(1000) ack 1"
      And the peer gets ". 11001:12001(1000) ack 1"
      And the peer gets nothing more

  @FLW-06 @FLW-10 @must
  Rule: A writer who finds the buffer full sleeps until ACKs have made room, and its octets follow in order
    Source: Linux 2.6.11, net/core/stream.c, sk_stream_wait_memory(), sk_stream_write_space(); 4.4BSD, kern/uipc_socket2.c, sowwakeup()

    Background:
      Given alice has set the stream option SO_SNDBUF to 20000

    Scenario: It sleeps as long as nothing is acknowledged
      Given alice sends 100000 octets
      When 1 s goes by
      Then alice sleeps

    Scenario: ACKs let it go on to the end
      Given alice sleeps sending 100000 octets
      When the peer acknowledges all that comes
      Then alice sleeps no more
      And 100000 octets of alice were taken
      And the peer gets all 100000 octets in the end

    Scenario: An ACK of nothing new does not
      Given alice sleeps sending 100000 octets
      When the peer sends ". 1:1(0) ack 1"
      Then alice sleeps

    Scenario: Data of the peer do not
      Given alice sleeps sending 100000 octets
      When the peer sends "P. 1:101(100) ack 1"
      Then alice sleeps

    Scenario: What another connection acknowledges does not
      Given bob listens at 10.0.0.1:90 with a backlog of 5
      And bob has a connection that peer 2 began
      And bob has sent 1000 octets
      And alice sleeps sending 100000 octets
      When peer 2 acknowledges all that comes
      Then alice sleeps

    Scenario: Two writers of one host sleep each at a socket of its own
      Given bob listens at 10.0.0.1:90 with a backlog of 5
      And bob has a connection that peer 2 began
      And bob has set the stream option SO_SNDBUF to 20000
      And alice sleeps sending 100000 octets
      And bob sleeps sending 100000 octets
      When peer 2 acknowledges all that comes
      Then bob sleeps no more
      And alice sleeps

  @FLW-11 @FLW-12 @must @profile:notes
  Rule: A sleeping writer goes on when fewer octets than two thirds of the buffer are left in it
    Source: Linux 2.6.11, net/core/stream.c, sk_stream_write_space(), counted in octets

    Scenario: A few octets do not wake it
      Given alice has set the stream option SO_SNDBUF to 15000
      And alice sleeps sending 60000 octets
      When the peer acknowledges 1000 octets of alice, 100 at a time
      Then alice has gone on writing 0 times
      And 29000 octets of alice wait for an ACK

    Scenario Outline: A buffer of <buffer>, a mark at <mark>
      Given alice has set the stream option SO_SNDBUF to <half>
      And alice sleeps sending 60000 octets
      And the peer acknowledges <to mark> octets of alice, 1000 at a time
      And <mark> octets of alice wait for an ACK
      And alice has gone on writing 0 times
      And alice cannot write
      When the peer acknowledges 1 octet of alice, 1 at a time
      Then alice has gone on writing 1 time
      And <buffer> octets of alice wait for an ACK

      Examples: At the mark it sleeps, one octet below it goes on
        | half  | buffer | mark  | to mark |
        | 3000  | 6000   | 4000  | 2000    |
        | 6000  | 12000  | 8000  | 4000    |
        | 15000 | 30000  | 20000 | 10000   |

    Scenario: A writer who does not sleep finds the same room
      Given alice has set the stream option SO_SNDBUF to 15000
      And alice has sent 20000 octets
      Then alice cannot write

    Scenario: One octet below the mark
      Given alice has set the stream option SO_SNDBUF to 15000
      And alice has sent 19999 octets
      Then alice can write

    Scenario Outline: <times> times in a transfer with the mark at <mark>
      Given alice has set the stream option SO_SNDBUF to 3000
      And alice has set the stream option SO_SNDLOWAT to <mark>
      And alice sleeps sending 60000 octets
      When the peer acknowledges 24000 octets of alice, 1000 at a time
      Then alice has gone on writing <times> times

      Examples: Without a mark each ACK wakes it; the lower the mark, the fewer do
        | mark | times |
        | 6000 | 24    |
        | 4001 | 12    |
        | 3001 | 8     |
        | 1    | 4     |

  @FLW-11 @FLW-12 @must @profile:linux-2.6.11
  Rule: A sleeping writer goes on when a third of the buffer is free
    Source: Linux 2.6.11, net/core/stream.c, sk_stream_write_space(): sk_stream_wspace() >= sk_stream_min_wspace()

    Scenario Outline: A buffer of <buffer>
      Given alice has set the stream option SO_SNDBUF to <buffer>
      And alice sleeps sending 200000 octets
      Then alice goes on writing when two thirds of the segments of 1000 octets are left, and not before

      Examples: What a segment costs is not said
        | buffer |
        | 5000   |
        | 15000  |
        | 25000  |

  @FLW-12 @must @profile:bsd-4.4
  Rule: Each ACK wakes the writer, who goes on when the low-water mark of room is there
    Source: 4.4BSD, kern/uipc_socket.c, sosend(); sys/socketvar.h, sb_lowat

    Scenario Outline: With <room> octets of room
      Given alice has set the stream option SO_SNDBUF to 8192
      And alice sleeps sending 20000 octets
      When the peer acknowledges <room> octets of alice, <room> at a time
      Then alice has gone on writing <times> times

      Examples: The mark is 2048
        | room | times |
        | 1    | 0     |
        | 1000 | 0     |

    Scenario: One octet less than the mark, and then the mark
      Given alice has set the stream option SO_SNDBUF to 8192
      And alice sleeps sending 20000 octets
      And the peer acknowledges 2000 octets of alice, 1000 at a time
      And the peer acknowledges 47 octets of alice, 47 at a time
      And alice has gone on writing 0 times
      And 6145 octets of alice wait for an ACK
      When the peer acknowledges 1 octet of alice, 1 at a time
      Then alice has gone on writing 1 time
      And 8192 octets of alice wait for an ACK

    Scenario: What is left to write is less than the mark
      Given alice has set the stream option SO_SNDBUF to 8192
      And alice sleeps sending 9192 octets
      And the peer acknowledges 999 octets of alice, 999 at a time
      And alice has gone on writing 0 times
      When the peer acknowledges 1 octet of alice, 1 at a time
      Then 9192 octets of alice were taken

    Scenario Outline: <times> times in a transfer with the mark at <mark>
      Given alice has set the stream option SO_SNDBUF to 6000
      And alice has set the stream option SO_SNDLOWAT to <mark>
      And alice sleeps sending 60000 octets
      When the peer acknowledges 24000 octets of alice, 1000 at a time
      Then alice has gone on writing <times> times

      Examples: Each ACK when an octet is enough; the higher the mark, the fewer
        | mark | times |
        | 1    | 24    |
        | 2000 | 12    |
        | 3000 | 8     |
        | 6000 | 4     |

  @BUF-10 @must
  Rule: No more octets are under way than the send buffer holds
    Source: RFC 9293, section 3.8.6; Linux 2.6.11, net/ipv4/tcp.c, tcp_sendmsg()

    @profile:notes
    Scenario Outline: A buffer of <buffer>
      Given alice has chosen reno as congestion control
      And alice has set the stream option SO_SNDBUF to <half>
      And alice sleeps sending 250000 octets
      When the peer acknowledges all that comes
      Then 250000 octets of alice were taken
      And once <buffer> octets were under way to the peer
      And the peer gets all 250000 octets in the end

      Examples: The window of the peer takes more
        | half  | buffer |
        | 2000  | 4000   |
        | 5000  | 10000  |
        | 7000  | 14000  |

    @profile:bsd-4.4
    Scenario Outline: In 4.4BSD a buffer of <buffer>
      Given alice has set the stream option SO_SNDBUF to <buffer>
      And alice sleeps sending 200000 octets
      When the peer acknowledges all that comes
      Then never more than <buffer> octets were under way to the peer
      And the peer gets all 200000 octets in the end

      Examples: The window of the peer takes more
        | buffer |
        | 4096   |
        | 8192   |
        | 32768  |

    @profile:linux-2.6.11
    Scenario Outline: In Linux, which counts what buffers cost, <asked> octets
      Given alice has set the stream option SO_SNDBUF to <asked>
      And alice sleeps sending 200000 octets
      When the peer acknowledges all that comes
      Then never more than <buffer> octets were under way to the peer
      And the peer gets all 200000 octets in the end

      Examples: The window of the peer takes more
        | asked | buffer |
        | 3000  | 6000   |
        | 5000  | 10000  |
        | 15000 | 30000  |
