@cap:network @cap:route-socket
Feature: Route socket
  A program writes messages that change the routes, and reads what has become of them, whoever wrote them.

  Background:
    Given interface eth0 at 10.0.0.1/24
    And alice has a route socket

  @SOC-09 @SOC-04 @must @profile:notes @profile:bsd-4.4
  Rule: RTM_ADD adds a route, RTM_GET finds it and RTM_DELETE deletes it
    Source: 4.4BSD, net/rtsock.c, route_output(); net/route.c, rtrequest()

    Scenario: Added
      When alice sends RTM_ADD of 10.9.0.0/16 by 10.0.0.2
      Then alice hears that RTM_ADD of 10.9.0.0/16 by 10.0.0.2 was done

    Scenario: Found by an address
      Given alice has sent RTM_ADD of 10.9.0.0/16 by 10.0.0.2
      And bob has a route socket
      When bob sends RTM_GET of 10.9.1.1
      Then bob hears that RTM_GET of 10.9.0.0/16 by 10.0.0.2 was done

    Scenario: Found by its mask
      Given alice has sent RTM_ADD of 10.9.0.0/16 by 10.0.0.2
      And alice has sent RTM_ADD of 10.9.0.0/24 by 10.0.0.3
      And bob has a route socket
      When bob sends RTM_GET of 10.9.0.0/16
      Then bob hears that RTM_GET of 10.9.0.0/16 by 10.0.0.2 was done

    Scenario: The longest is found by an address
      Given alice has sent RTM_ADD of 10.9.0.0/16 by 10.0.0.2
      And alice has sent RTM_ADD of 10.9.0.0/24 by 10.0.0.3
      And bob has a route socket
      When bob sends RTM_GET of 10.9.0.1
      Then bob hears that RTM_GET of 10.9.0.0/24 by 10.0.0.3 was done

    Scenario: The network of an interface has no gateway of IP
      When alice sends RTM_GET of 10.0.0.7
      Then alice hears that RTM_GET of 10.0.0.0/24 without a gateway was done

    Scenario: Nor is it anywhere but on that interface
      When alice sends RTM_GET of 10.0.0.7
      Then alice hears of a route by eth0 itself

    Scenario Outline: What is said of <what>
      Given alice has sent RTM_ADD of 10.9.0.0/16 by 10.0.0.2
      And alice has sent RTM_ADD of the host 10.8.1.1 by 10.0.0.2
      And bob has a route socket
      When bob sends RTM_GET of <address>
      Then bob hears of a route that is <flags>

      Examples:
        | what                      | address  | flags                   |
        | the network of a link     | 10.0.0.7 | UP, DONE                |
        | a network behind a router | 10.9.1.1 | UP, GATEWAY, DONE       |
        | a host behind a router    | 10.8.1.1 | UP, GATEWAY, HOST, DONE |

    Scenario: Deleted, and the message tells what it was
      Given alice has sent RTM_ADD of 10.9.0.0/16 by 10.0.0.2
      And bob has a route socket
      When bob sends RTM_DELETE of 10.9.0.0/16
      Then bob hears that RTM_DELETE of 10.9.0.0/16 by 10.0.0.2 was done
      When bob sends RTM_GET of 10.9.1.1
      Then the call fails with ESRCH

    Scenario: Bits of a host are left away
      Given alice has sent RTM_ADD of 10.9.1.1/16 by 10.0.0.2
      And bob has a route socket
      When bob sends RTM_GET of 10.9.2.2
      Then bob hears that RTM_GET of 10.9.0.0/16 by 10.0.0.2 was done

  @SOC-09 @must @profile:notes @profile:bsd-4.4
  Rule: What cannot be done fails, and the message says so with its error
    Source: 4.4BSD, net/rtsock.c, route_output(), rtm_errno

    Scenario: A route that is there
      Given alice has sent RTM_ADD of 10.9.0.0/16 by 10.0.0.2
      And bob has a route socket
      When bob sends RTM_ADD of 10.9.0.0/16 by 10.0.0.3
      Then the call fails with EEXIST
      And bob hears that RTM_ADD failed with EEXIST

    Scenario: A route that is not
      When alice sends RTM_DELETE of 10.9.0.0/16
      Then the call fails with ESRCH
      And alice hears that RTM_DELETE failed with ESRCH

    Scenario: No way to there
      When alice sends RTM_GET of 192.0.2.1
      Then the call fails with ESRCH
      And alice hears that RTM_GET failed with ESRCH

    Scenario: A gateway that is on no network of ours
      When alice sends RTM_ADD of 10.9.0.0/16 by 192.0.2.1
      Then the call fails with ENETUNREACH
      And alice hears that RTM_ADD failed with ENETUNREACH

    Scenario Outline: No destination: <type>
      When alice sends <type> without a destination
      Then the call fails with EINVAL

      Examples:
        | type       |
        | RTM_ADD    |
        | RTM_DELETE |
        | RTM_GET    |

    Scenario: No gateway
      When alice sends RTM_ADD of 10.9.0.0/16
      Then the call fails with EINVAL

    Scenario: A type that there is not
      When alice sends a route message of type 99 and version 3
      Then the call fails with EOPNOTSUPP

    Scenario: A version of another system
      When alice sends a route message of type 1 and version 2
      Then the call fails with EPROTONOSUPPORT

    Scenario Outline: A message of <length> octets
      When alice sends a route message of <length> octets
      Then the call fails with EINVAL

      Examples:
        | length |
        | 4      |
        | 75     |
        | 76     |

  @SOC-09 @must @profile:notes @profile:bsd-4.4
  Rule: All who listen get a copy of each message, with what became of it
    Source: 4.4BSD, net/raw_usrreq.c, raw_input(); net/rtsock.c, SO_USELOOPBACK

    Background:
      Given bob has a route socket

    Scenario: Of one that was done
      When alice sends RTM_ADD of 10.9.0.0/16 by 10.0.0.2
      Then bob hears that RTM_ADD of 10.9.0.0/16 by 10.0.0.2 was done
      And bob hears nothing of routes

    Scenario: The sender, too
      When alice sends RTM_ADD of 10.9.0.0/16 by 10.0.0.2
      Then alice hears that RTM_ADD of 10.9.0.0/16 by 10.0.0.2 was done
      And alice hears nothing of routes

    Scenario: Of one that failed
      When alice sends RTM_DELETE of 10.9.0.0/16
      Then bob hears that RTM_DELETE failed with ESRCH

    Scenario: Who listens to the family only
      Given carol has a route socket of AF_INET
      When alice sends RTM_ADD of 10.9.0.0/16 by 10.0.0.2
      Then carol hears that RTM_ADD of 10.9.0.0/16 by 10.0.0.2 was done

    Scenario: Nobody says anything
      Then bob hears nothing of routes

  @SOC-09 @property @profile:notes @profile:bsd-4.4
  Rule: Whatever routes are added and deleted by a route socket, the longest that is there is found
    Source: 4.4BSD, net/radix.c, rn_match()

    Scenario: Random changes and questions
      Then the property "routes of a route socket are found by longest prefix" holds
