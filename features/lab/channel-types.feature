@cap:network
Feature: What characterises a channel
  Channels differ in six properties: whether messages keep their order, whether one may come twice, whether all arrive,
  whether boundaries between them are kept, whether there is data out of band, and whether there is a connection. The
  link between A and B loses, holds back and doubles what is sent, so that none of these comes for free.

  @SOC-02 @clock:virtual @must
  Rule: A stream is connected, keeps order, loses and doubles nothing, knows no boundaries, and has data out of band
    Source: POSIX.1-2001, SOCK_STREAM; RFC 9293, section 3.8

    @cap:tcp
    Scenario Outline: The link loses <loss> %, holds back <late> % and doubles <twice> %
      Given hosts A and B on a link of 10000000 bits a second and 5 ms
      And alice is on A
      And bob is on B
      And a stream channel from alice at 10.0.0.1 to bob at 10.0.0.2
      And the link from A to B loses <loss> % from now on
      And the link from A to B holds back <late> % from now on
      And the link from A to B doubles <twice> % from now on
      When alice sends 60 messages of 80 octets over the channel
      And the lab comes to rest
      Then bob gets all of them
      And bob gets none of them twice
      And bob gets them in the order in which they were sent
      And bob sees no boundaries between them

      Examples:
        | loss | late | twice |
        | 0    | 0    | 0     |
        | 20   | 0    | 0     |
        | 0    | 30   | 0     |
        | 0    | 0    | 30    |
        | 15   | 30   | 30    |

    @cap:tcp
    Scenario: An octet out of band is heard of before what was sent in band
      Given hosts A and B on a link of 10000000 bits a second and 5 ms
      And alice is on A
      And bob is on B
      And a stream channel from alice at 10.0.0.1 to bob at 10.0.0.2
      And alice has sent 3 messages of 80 octets over the channel
      When alice sends 7A out of band over the channel
      And the lab comes to rest
      Then bob gets 7A out of band, and the 3 messages afterwards

    @cap:tcp
    Scenario: Nothing is sent without a connection
      Given hosts A and B on a link of 10000000 bits a second and 5 ms
      And alice is on A
      When alice sends 61 over a stream socket that is not connected
      Then it is refused for want of a connection

  @SOC-02 @clock:virtual @must
  Rule: Datagrams need no connection, keep boundaries, and have no data out of band; order, number and arrival are as the link has it
    Source: POSIX.1-2001, SOCK_DGRAM, SOCK_RAW; RFC 768; RFC 791

    Scenario Outline: A <type> channel over a link that loses <loss> %, holds back <late> % and doubles <twice> %
      Given hosts A and B on a link of 10000000 bits a second and 5 ms
      And alice is on A
      And bob is on B
      And a <type> channel from alice at 10.0.0.1 to bob at 10.0.0.2
      And the link from A to B loses <loss> % from now on
      And the link from A to B holds back <late> % from now on
      And the link from A to B doubles <twice> % from now on
      When alice sends 60 messages of 80 octets over the channel
      And the lab comes to rest
      Then bob gets <how many> of them
      And bob gets <again> of them twice
      And bob gets them in <order> in which they were sent
      And bob sees the boundaries between them

      @cap:udp
      Examples: UDP
        | type     | loss | late | twice | how many | again | order                   |
        | datagram | 0    | 0    | 0     | all      | none  | the order               |
        | datagram | 30   | 0    | 0     | not all  | none  | the order               |
        | datagram | 0    | 40   | 0     | all      | none  | another order than that |
        | datagram | 0    | 0    | 40    | all      | some  | the order               |

      @cap:raw-ip
      Examples: IP itself
        | type     | loss | late | twice | how many | again | order                   |
        | raw      | 0    | 0    | 0     | all      | none  | the order               |
        | raw      | 30   | 0    | 0     | not all  | none  | the order               |
        | raw      | 0    | 40   | 0     | all      | none  | another order than that |
        | raw      | 0    | 0    | 40    | all      | some  | the order               |

    Scenario Outline: A <type> channel has no data out of band
      Given hosts A and B on a link of 10000000 bits a second and 5 ms
      And alice is on A
      And bob is on B
      And a <type> channel from alice at 10.0.0.1 to bob at 10.0.0.2
      When alice sends 7A out of band over the channel
      Then the call fails with EOPNOTSUPP

      @cap:udp
      Examples: UDP
        | type     |
        | datagram |

      @cap:raw-ip
      Examples: IP itself
        | type |
        | raw  |
