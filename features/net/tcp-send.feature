@cap:network @cap:tcp
Feature: Sending on a connection
  A stream has no messages: octets are taken one behind the other, and go to the peer that the connection is with.

  Background:
    Given interface eth0 at 10.0.0.1/24
    And neighbour 10.0.0.2 on eth0

  @SND-02 @must
  Rule: send gives octets to the peer that the socket is connected with
    Source: POSIX.1-2001, send(); RFC 9293, section 3.10.2

    Scenario: To the server that connect named
      Given alice has a connection to 10.0.0.2:80
      When alice sends 10 octets
      Then the peer gets "P. 1:11(10) ack 1"
      And 10 octets of alice were taken

    Scenario: To the client that accept gave
      Given alice has a connection that the peer began
      When alice sends 10 octets
      Then the peer gets "P. 1:11(10) ack 1"

    Scenario: One behind the other
      Given alice has a connection that the peer began
      And alice has sent 10 octets
      And the peer has got "P. 1:11(10) ack 1"
      And the peer has sent ". 1:1(0) ack 11"
      When alice sends 10 octets
      Then the peer gets "P. 11:21(10) ack 1"

    Scenario: Nothing is nothing
      Given alice has a connection that the peer began
      When alice sends 0 octets
      Then the peer gets nothing
      And 0 octets of alice were taken

    Scenario: An octet alone
      Given alice has a connection that the peer began
      When alice sends 1 octet
      Then the peer gets "P. 1:2(1) ack 1"

    Scenario: More than a segment
      Given alice has a connection that the peer began with "win 65535 <mss 1000>"
      When alice sends 1500 octets
      Then the peer gets ". 1:1001(1000) ack 1"

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario: With more to come it waits
      Given alice has a connection that the peer began
      When alice sends 10 octets with more to come
      Then the peer gets nothing

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario: And goes with it
      Given alice has a connection that the peer began
      And alice has sent 10 octets with more to come
      When alice sends 10 octets
      Then the peer gets "P. 1:21(20) ack 1"
      And the peer gets nothing more

  @SND-02 @must
  Rule: A socket that is not connected has nobody to send to
    Source: POSIX.1-2001, send(); Linux 2.6.11, net/core/stream.c, sk_stream_wait_connect()

    @profile:notes @profile:bsd-4.4
    Scenario: The call says so
      Given alice has a stream socket
      When alice sends 10 octets
      Then the call fails with ENOTCONN
      And the signals of alice are none

    @profile:linux-2.6.11 @profile:linux-6
    Scenario: Linux calls it a broken pipe
      Given alice has a stream socket
      When alice sends 10 octets
      Then the call fails with EPIPE
      And the signals of alice are SIGPIPE

    @profile:notes @profile:bsd-4.4
    Scenario: A listening socket has no peer either
      Given alice listens at 10.0.0.1:80 with a backlog of 5
      When alice sends 10 octets
      Then the call fails with ENOTCONN

    Scenario: While connecting it waits until there is somebody
      Given alice connects to 10.0.0.2:80 without waiting
      When alice sends 10 octets
      Then alice sleeps

    Scenario: A signal ends that wait
      Given alice connects to 10.0.0.2:80 without waiting
      And alice sleeps sending 10 octets
      When a signal comes to alice, whose handler has not SA_RESTART
      Then the call of alice fails with EINTR

    Scenario: SO_SNDTIMEO, too
      Given alice has a stream socket
      And alice has set the stream option SO_SNDTIMEO to 500
      And alice connects to 10.0.0.2:80 without waiting
      And alice sleeps sending 10 octets
      When 500 ms go by
      Then the call of alice fails with EAGAIN

    Scenario: And a server that refuses
      Given the peer is the server at 10.0.0.2:80
      And alice connects to 10.0.0.2:80 without waiting
      And the peer has got "S 0:0(0)"
      And alice sleeps sending 10 octets
      When the peer sends "R. 0:0(0) ack 1"
      Then the call of alice fails with ECONNREFUSED

    Scenario: Without waiting it does not
      Given alice connects to 10.0.0.2:80 without waiting
      When alice sends 10 octets without waiting
      Then the call fails with EAGAIN

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario: When there is somebody the octets go, and the ACK of the handshake with them
      Given the peer is the server at 10.0.0.2:80
      And alice connects to 10.0.0.2:80 without waiting
      And the peer has got "S 0:0(0)"
      And alice sleeps sending 10 octets
      When the peer sends "S. 0:0(0) ack 1 win 65535"
      Then the peer gets "P. 1:11(10) ack 1"

    @profile:bsd-4.4
    Scenario: In 4.4BSD the ACK of the handshake goes before them
      Given the peer is the server at 10.0.0.2:80
      And alice connects to 10.0.0.2:80 without waiting
      And the peer has got "S 0:0(0)"
      And alice sleeps sending 10 octets
      When the peer sends "S. 0:0(0) ack 1 win 65535"
      Then the peer gets ". 1:1(0) ack 1"
      And the peer gets "P. 1:11(10) ack 1"

  @SND-02 @must
  Rule: Behind the own end of the stream the pipe is broken, and a signal says so
    Source: POSIX.1-2001, send(), SIGPIPE

    Scenario: After shutdown
      Given alice has a connection that the peer began
      And alice has shut the connection down for writing
      When alice sends 10 octets
      Then the call fails with EPIPE
      And the signals of alice are SIGPIPE

    Scenario: Each time
      Given alice has a connection that the peer began
      And alice has shut the connection down for both
      And alice sends 10 octets
      When alice sends 10 octets
      Then the signals of alice are SIGPIPE, SIGPIPE

    Scenario: Who waits for room is told as well
      Given alice has a connection that the peer began
      And alice has filled the send buffer
      And alice sleeps sending 1000 octets
      When alice shuts the connection down for writing
      Then the call of alice fails with EPIPE

    Scenario: Not with MSG_NOSIGNAL
      Given alice has a connection that the peer began
      And alice has shut the connection down for writing
      When alice sends 10 octets and wants no signal
      Then the call fails with EPIPE
      And the signals of alice are none

    Scenario: The end of reading alone is none of writing
      Given alice has a connection that the peer began
      And alice has shut the connection down for reading
      When alice sends 10 octets
      Then the peer gets "P. 1:11(10) ack 1"

    Scenario: The error that waits is told first, and is no broken pipe
      Given alice has a connection that the peer began
      And the peer has sent "R 1:1(0)"
      And alice sends 10 octets
      And the call fails with ECONNRESET
      When alice sends 10 octets
      Then the call fails with EPIPE
      And the signals of alice are SIGPIPE
