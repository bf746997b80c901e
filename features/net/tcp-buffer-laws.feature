@cap:network @cap:tcp
Feature: Laws of streams and their buffers
  However a stream is cut by those who write, those who read and what lies between, it stays one stream, and nobody is
  sent more than there is room for.

  @FLW-03 @FLW-10 @TXP-04 @property
  Rule: A stream arrives as it was written
    Source: RFC 9293, section 3.8

    Scenario: Generated writes and ACKs
      Then the property "what is written, in whatever pieces, arrives as one stream" holds

  @FLW-03 @BUF-06 @property
  Rule: Nothing goes beyond the window of the peer
    Source: RFC 9293, section 3.8.6

    Scenario: Generated writes and windows
      Then the property "no octet leaves that the peer has not offered to take" holds

  @BUF-02 @BUF-10 @property
  Rule: The send buffer holds no more than it is long
    Source: POSIX.1-2001, SO_SNDBUF

    Scenario: Generated writes and ACKs
      Then the property "no more octets wait in the send buffer than it is long" holds

  @FLW-04 @property
  Rule: Occupancy falls by exactly what an ACK covers
    Source: RFC 9293, section 3.10.7.4, fifth

    Scenario: Generated writes and ACKs
      Then the property "what waits in the send buffer is what was written and not acknowledged" holds

  @RCV-03 @property
  Rule: A stream is read as it was sent, however its segments come
    Source: RFC 9293, section 3.10.7.4, seventh

    Scenario: Generated pieces
      Then the property "segments in any order, twice and overlapping, are read as one stream" holds

  @BUF-09 @property
  Rule: The window finds room in the receive buffer, and does not shrink
    Source: RFC 9293, section 3.8.6.2.2

    Scenario: Generated segments and reads
      Then the property "the window never takes back what it has offered, and finds room in the receive buffer" holds

  @RCV-03 @FLW-04 @property
  Rule: Sequence numbers begin anew without a trace in the stream
    Source: RFC 9293, section 3.4

    Scenario: Generated first numbers
      Then the property "a stream arrives both ways wherever in it the sequence numbers of the peer begin anew" holds

    @clock:virtual
    Scenario: Generated first numbers of the host, whose clock is waited for
      Then the property "a stream arrives wherever in it the sequence numbers of the host begin anew" holds
