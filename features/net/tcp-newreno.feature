@cap:network @cap:tcp @cap:tcp-tunables
Feature: NewReno
  Where several segments of one window are lost, each ACK within the recovery tells of the next: an ACK that goes on, and not
  to where the recovery began, names the segment that is missing as well.

  @TCP-02 @must @profile:notes @profile:linux-2.6.11
  Rule: A partial ACK has the next missing segment sent again at once
    Source: RFC 6582, section 3.2; Linux 2.6.11, net/ipv4/tcp_input.c, tcp_try_undo_partial(), tcp_fastretrans_alert()

    Background: Eight segments are under way, of which the first and the fourth are lost
      Given interface eth0 at 10.0.0.1/24
      And neighbour 10.0.0.2 on eth0
      And congestionControl is newreno
      And alice has a connection that the peer began with "win 65535 <mss 1000>"
      And alice has set the stream option SO_SNDBUF to 60000
      And alice has sent 14000 octets
      And the peer has acknowledged 6000 octets, 1000 at a time
      And the peer sends 3 duplicate ACKs
      And the peer has got ". 6001:7001(1000) ack 1"
      And the peer has got all that was sent

    Scenario: The fourth goes when the first three are acknowledged
      When the peer sends ". 1:1(0) ack 9001"
      Then the peer gets ". 9001:10001(1000) ack 1"

    Scenario: And once only
      Given the peer has sent ". 1:1(0) ack 9001"
      And the peer has got ". 9001:10001(1000) ack 1"
      And the peer has got all that was sent
      When the peer sends 1 duplicate ACK
      Then the peer gets nothing

    Scenario: An ACK of all ends the recovery, and nothing is sent again
      Given the peer has sent ". 1:1(0) ack 9001"
      And the peer has got ". 9001:10001(1000) ack 1"
      And the peer has got all that was sent
      When the peer sends ". 1:1(0) ack 14001"
      Then the peer gets nothing
