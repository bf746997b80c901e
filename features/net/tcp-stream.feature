@cap:network @cap:tcp
Feature: Stream sockets
  Octets arrive once, in order, and without a trace of the calls that sent them; two ends have to be connected first.

  @SOC-06 @must
  Rule: A stream keeps the order of octets and no boundaries between calls
    Source: POSIX.1-2001, SOCK_STREAM; RFC 9293, section 3.8

    Background:
      Given interface eth0 at 10.0.0.1/24
      And alice and bob are connected on one host

    Scenario: What was sent in three calls is read in one
      Given alice has sent 3 octets
      And alice has sent 4 octets
      And alice has sent 5 octets
      And 1 s goes by
      When bob receives up to 100 octets
      Then bob gets the next 12 octets

    Scenario: What was sent in one call is read in three
      Given alice has sent 12 octets
      And bob has received up to 5 octets
      And bob gets the next 5 octets
      And bob has received up to 5 octets
      And bob gets the next 5 octets
      When bob receives up to 5 octets
      Then bob gets the next 2 octets

    Scenario: Both ways at once
      Given alice has sent 10 octets
      And bob has sent 20 octets
      And bob has received up to 100 octets
      And bob gets the next 10 octets
      When alice receives up to 100 octets
      Then alice gets the next 20 octets

    Scenario: More than all buffers hold
      Given alice sends 200000 octets
      When bob receives all of 200000 octets
      And 60 s go by
      Then bob gets the next 200000 octets
      And 200000 octets of alice were taken

    Scenario: The end comes behind all octets
      Given alice has sent 10 octets
      And alice has closed the stream socket
      And bob has received up to 100 octets
      And bob gets the next 10 octets
      When bob receives up to 100 octets
      Then bob gets the end of the stream

  @SOC-06 @must
  Rule: A stream has to be connected first
    Source: POSIX.1-2001, SOCK_STREAM

    Scenario: Nobody is there to receive from
      Given interface eth0 at 10.0.0.1/24
      And alice has a stream socket
      When alice receives up to 10 octets
      Then the call fails with ENOTCONN

    @profile:notes @profile:bsd-4.4
    Scenario: Nor to send to
      Given interface eth0 at 10.0.0.1/24
      And alice has a stream socket
      When alice sends 10 octets
      Then the call fails with ENOTCONN

  @SOC-06 @RCV-03 @SND-02 @property @clock:virtual
  Rule: Whatever two programs do with the two ends of a stream, they get what a model says
    Source: POSIX.1-2001, send(), recv(), shutdown(), close(); RFC 9293, section 3.9.1

    Scenario: Generated calls
      Then the property "the two ends of a stream behave like a model, whatever calls are made in whatever order" holds
