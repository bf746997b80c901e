@cap:network @cap:tcp @cap:forwarding @clock:virtual
Feature: Laws of streams through the lab
  Whatever links do to segments, and however programs cut what they write and read: a stream stays one stream.

  @SOC-06 @FLW-05 @property
  Rule: A stream over any path arrives exact and in order, within the windows that were offered, and nothing is left behind
    Source: RFC 9293, sections 3.4, 3.8.1 and 3.8.6; POSIX.1-2001, SOCK_STREAM

    Scenario: Generated streams both ways over links that lose, reorder, double and corrupt
      Then the property "a stream over any path of links arrives as it was written, within the windows, and both ends come to rest" holds
