@cap:network @cap:netlink
Feature: Netlink
  A socket between a program and the kernel. Requests go in as messages; answers and notes of changes come out.

  Background:
    Given interface eth0 at 10.0.0.1/24
    And alice has a netlink socket

  @SCL-10 @SOC-04 @must @profile:notes @profile:linux-2.6.11 @profile:linux-6
  Rule: A program adds a route, and is told that it was done if it asks for that
    Source: RFC 3549; Linux 2.6.11, net/core/rtnetlink.c, rtnetlink_rcv_msg(); net/netlink/af_netlink.c, netlink_ack()

    Scenario: It asks to be told
      When alice sends RTM_NEWROUTE of 10.9.0.0/16 by 10.0.0.2 with CREATE, EXCL, ACK
      Then alice gets an acknowledgement by netlink
      And alice gets nothing by netlink

    Scenario: It does not
      When alice sends RTM_NEWROUTE of 10.9.0.0/16 by 10.0.0.2 with CREATE, EXCL
      Then alice gets nothing by netlink

    Scenario: The route is there
      Given alice has sent RTM_NEWROUTE of 10.9.0.0/16 by 10.0.0.2 with CREATE, EXCL
      When alice sends RTM_GETROUTE of 10.9.1.1/32 with nothing
      Then alice gets RTM_NEWROUTE of 10.9.1.1/32 by 10.0.0.2 by netlink

    Scenario: The next packet takes it
      Given bob has a UDP socket
      And alice has sent RTM_NEWROUTE of 10.9.0.0/16 by 10.0.0.2 with CREATE, EXCL
      When bob sends 01 to 10.9.1.1:7
      Then eth0 sends "ARP who-has 10.0.0.2 tell 10.0.0.1"

    Scenario: A default route
      Given alice has sent RTM_NEWROUTE of 0.0.0.0/0 by 10.0.0.2 with CREATE, EXCL
      When alice sends RTM_GETROUTE of 192.0.2.1/32 with nothing
      Then alice gets RTM_NEWROUTE of 192.0.2.1/32 by 10.0.0.2 by netlink

  @SCL-10 @must @profile:notes @profile:linux-2.6.11 @profile:linux-6
  Rule: A program asks which way a packet would go, or for all routes
    Source: Linux 2.6.11, net/ipv4/route.c, inet_rtm_getroute(); net/ipv4/fib_frontend.c, inet_dump_fib()

    Scenario: To a host on the link
      When alice sends RTM_GETROUTE of 10.0.0.7/32 with nothing
      Then alice gets RTM_NEWROUTE of 10.0.0.7/32 without a gateway by netlink

    Scenario: Behind a router, and from which address
      Given alice has sent RTM_NEWROUTE of 10.9.0.0/16 by 10.0.0.2 with CREATE, EXCL
      When alice sends RTM_GETROUTE of 10.9.1.1/32 with nothing
      Then alice gets RTM_NEWROUTE of 10.9.1.1/32 by 10.0.0.2 from 10.0.0.1 by netlink

    Scenario: There is no way
      When alice sends RTM_GETROUTE of 192.0.2.1/32 with nothing
      Then alice gets ENETUNREACH by netlink

    Scenario: All routes, and then the end
      Given alice has sent RTM_NEWROUTE of 10.9.0.0/16 by 10.0.0.2 with CREATE, EXCL
      When alice sends RTM_GETROUTE of 0.0.0.0/0 with DUMP
      Then of the routes to 10.9.0.0/16 alice gets, by netlink and up to the end, 10.0.0.2
      And alice gets nothing by netlink

    Scenario: Who has no privilege may ask as well
      Given carol has a netlink socket without privilege
      When carol sends RTM_GETROUTE of 10.0.0.7/32 with nothing
      Then carol gets RTM_NEWROUTE of 10.0.0.7/32 without a gateway by netlink

  @SCL-10 @must @profile:notes @profile:linux-2.6.11
  Rule: Who names no destination is told the way to the host itself
    Source: Linux 2.6.11, net/ipv4/route.c, ip_route_output_slow(), rt_fill_info()
    Variation: Linux 6.18 tells 0.0.0.0 again.

    Scenario: It names none
      When alice sends RTM_GETROUTE of 0.0.0.0/0 with nothing
      Then alice gets RTM_NEWROUTE of 127.0.0.1/32 without a gateway by netlink

  @SCL-10 @must @profile:notes @profile:linux-2.6.11 @profile:linux-6
  Rule: Flags say what is to be done with a route that is there, or is not
    Source: Linux 2.6.11, net/ipv4/fib_hash.c, fn_hash_insert()

    Background:
      Given alice has sent RTM_NEWROUTE of 10.9.0.0/16 by 10.0.0.2 with CREATE, EXCL

    Scenario: EXCL: it must not be there
      When alice sends RTM_NEWROUTE of 10.9.0.0/16 by 10.0.0.3 with CREATE, EXCL
      Then alice gets EEXIST by netlink

    Scenario: REPLACE: the new one stands for it
      When alice sends RTM_NEWROUTE of 10.9.0.0/16 by 10.0.0.3 with CREATE, REPLACE
      And alice sends RTM_GETROUTE of 0.0.0.0/0 with DUMP
      Then of the routes to 10.9.0.0/16 alice gets, by netlink and up to the end, 10.0.0.3

    Scenario: APPEND: the new one goes behind it
      When alice sends RTM_NEWROUTE of 10.9.0.0/16 by 10.0.0.3 with CREATE, APPEND
      And alice sends RTM_GETROUTE of 0.0.0.0/0 with DUMP
      Then of the routes to 10.9.0.0/16 alice gets, by netlink and up to the end, 10.0.0.2, 10.0.0.3

    Scenario: None of them: the new one goes before it
      When alice sends RTM_NEWROUTE of 10.9.0.0/16 by 10.0.0.3 with CREATE
      And alice sends RTM_GETROUTE of 0.0.0.0/0 with DUMP
      Then of the routes to 10.9.0.0/16 alice gets, by netlink and up to the end, 10.0.0.3, 10.0.0.2

    Scenario: The very same is there
      When alice sends RTM_NEWROUTE of 10.9.0.0/16 by 10.0.0.2 with CREATE, APPEND
      Then alice gets EEXIST by netlink

    Scenario: Without CREATE it must be there
      When alice sends RTM_NEWROUTE of 10.8.0.0/16 by 10.0.0.2 with REPLACE
      Then alice gets ENOENT by netlink

  @SCL-10 @must @profile:notes @profile:linux-2.6.11 @profile:linux-6
  Rule: A program deletes a route
    Source: Linux 2.6.11, net/ipv4/fib_hash.c, fn_hash_delete()

    Background:
      Given alice has sent RTM_NEWROUTE of 10.9.0.0/16 by 10.0.0.2 with CREATE, EXCL

    Scenario: One that is there
      When alice sends RTM_DELROUTE of 10.9.0.0/16 with ACK
      Then alice gets an acknowledgement by netlink
      When alice sends RTM_GETROUTE of 10.9.1.1/32 with nothing
      Then alice gets ENETUNREACH by netlink

    Scenario: The one to everywhere, of which nothing else need be said
      Given alice has sent RTM_NEWROUTE of 0.0.0.0/0 by 10.0.0.2 with CREATE, EXCL
      When alice sends RTM_DELROUTE of 0.0.0.0/0 with ACK
      Then alice gets an acknowledgement by netlink

    Scenario: One that is not
      When alice sends RTM_DELROUTE of 10.8.0.0/16 with ACK
      Then alice gets ESRCH by netlink

    Scenario: One of another length
      When alice sends RTM_DELROUTE of 10.9.0.0/17 with nothing
      Then alice gets ESRCH by netlink

    Scenario: One by another gateway
      When alice sends RTM_DELROUTE of 10.9.0.0/16 by 10.0.0.3 with nothing
      Then alice gets ESRCH by netlink

  @SCL-10 @must @profile:notes @profile:linux-2.6.11 @profile:linux-6
  Rule: A request that cannot be done is answered with the error and its own number
    Source: Linux 2.6.11, net/core/rtnetlink.c, rtnetlink_rcv_msg(); net/ipv4/fib_semantics.c, fib_check_nh()

    Scenario: From who may not change anything
      Given carol has a netlink socket without privilege
      When carol sends RTM_NEWROUTE of 10.9.0.0/16 by 10.0.0.2 with CREATE
      Then carol gets EPERM by netlink

    Scenario: It was not done
      Given carol has a netlink socket without privilege
      When carol sends RTM_NEWROUTE of 10.9.0.0/16 by 10.0.0.2 with CREATE
      And alice sends RTM_GETROUTE of 10.9.1.1/32 with nothing
      Then alice gets ENETUNREACH by netlink

    Scenario: A gateway that is on no network of ours
      When alice sends RTM_NEWROUTE of 10.9.0.0/16 by 192.0.2.1 with CREATE
      Then alice gets ENETUNREACH by netlink

    Scenario: A gateway that is behind another
      Given alice has sent RTM_NEWROUTE of 10.9.0.0/16 by 10.0.0.2 with CREATE
      When alice sends RTM_NEWROUTE of 10.8.0.0/16 by 10.9.0.1 with CREATE
      Then alice gets ENETUNREACH by netlink

    Scenario: A gateway that is all of the network
      When alice sends RTM_NEWROUTE of 10.9.0.0/16 by 10.0.0.255 with CREATE
      Then alice gets EINVAL by netlink

    Scenario: A network with bits of a host
      When alice sends RTM_NEWROUTE of 10.9.0.1/16 by 10.0.0.2 with CREATE
      Then alice gets EINVAL by netlink

    Scenario: A prefix of 33
      When alice sends RTM_NEWROUTE of 10.9.0.1/33 by 10.0.0.2 with CREATE
      Then alice gets EINVAL by netlink

    Scenario: An interface that there is not
      When alice sends RTM_NEWROUTE of 10.9.0.0/16 on an interface that there is not with CREATE
      Then alice gets ENODEV by netlink

    Scenario: One that there is
      Given bob has a UDP socket
      When alice sends RTM_NEWROUTE of 10.9.0.0/16 on the interface to 10.0.0.7 with CREATE, ACK
      Then alice gets an acknowledgement by netlink
      And bob sends 01 to 10.9.1.1:7
      And eth0 sends "ARP who-has 10.9.1.1 tell 10.0.0.1"

    Scenario Outline: A message that ends after <length> octets
      When alice sends the first <length> octets of RTM_NEWROUTE by netlink
      Then alice gets EINVAL by netlink

      Examples: A header and one octet more; one octet less than what all messages for routes have
        | length |
        | 17     |
        | 27     |

    Scenario: One that ends with its header is passed over
      When alice sends the first 16 octets of RTM_NEWROUTE by netlink
      Then alice gets nothing by netlink

    Scenario: What is no request is passed over
      When alice sends a netlink message that is no request
      Then alice gets nothing by netlink
      When alice sends RTM_GETROUTE of 10.9.1.1/32 with nothing
      Then alice gets ENETUNREACH by netlink

    Scenario: So is a message that is none for routes
      When alice sends a netlink message of type 1 and family 2
      Then alice gets nothing by netlink

  @SCL-10 @must @profile:notes @profile:linux-2.6.11
  Rule: A family that there cannot be is answered with an error of its own
    Source: Linux 2.6.11, net/core/rtnetlink.c, rtnetlink_rcv_msg(), NPROTO

    Scenario Outline: A family of <family>
      When alice sends a netlink message of type 24 and family <family>
      Then alice gets <errno> by netlink

      Examples: There is room for 32; of one that nobody has there are no routes
        | family | errno        |
        | 200    | EAFNOSUPPORT |
        | 32     | EAFNOSUPPORT |
        | 31     | EINVAL       |

  @SCL-10 @must @profile:linux-6
  Rule: A family that there cannot be is one that nobody answers for
    Source: Linux 6.18, net/core/rtnetlink.c, rtnl_get_link(), rtnetlink_rcv_msg()

    Scenario: A family of 200
      When alice sends a netlink message of type 24 and family 200
      Then alice gets EOPNOTSUPP by netlink

  @SCL-10 @must @profile:notes @profile:linux-2.6.11 @profile:linux-6
  Rule: By an address of the host itself a network is on the link
    Source: Linux 2.6.11, net/ipv4/fib_semantics.c, fib_check_nh(), RTN_LOCAL; net/ipv4/route.c, rt_set_nexthop()

    Background:
      Given alice has sent RTM_NEWROUTE of 10.9.0.0/16 by 10.0.0.1 with CREATE, EXCL

    Scenario: The way has no gateway
      When alice sends RTM_GETROUTE of 10.9.1.1/32 with nothing
      Then alice gets RTM_NEWROUTE of 10.9.1.1/32 without a gateway by netlink

    Scenario: The host that a packet is for is asked for itself
      Given bob has a UDP socket
      When bob sends 01 to 10.9.1.1:7
      Then eth0 sends "ARP who-has 10.9.1.1 tell 10.0.0.1"

    Scenario: But no gateway can be there
      When alice sends RTM_NEWROUTE of 10.8.0.0/16 by 10.9.0.1 with CREATE
      Then alice gets ENETUNREACH by netlink

  @SCL-10 @must @profile:notes @profile:linux-2.6.11 @profile:linux-6
  Rule: Those who are in the group hear of each change
    Source: Linux 2.6.11, net/ipv4/fib_semantics.c, rtmsg_fib(); net/netlink/af_netlink.c, netlink_broadcast()

    Background:
      Given bob has a netlink socket that hears of routes

    Scenario: A route is added
      When alice sends RTM_NEWROUTE of 10.9.0.0/16 by 10.0.0.2 with CREATE
      Then bob gets RTM_NEWROUTE of 10.9.0.0/16 by 10.0.0.2 by netlink
      And bob gets nothing by netlink

    Scenario: A route is deleted
      Given alice has sent RTM_NEWROUTE of 10.9.0.0/16 by 10.0.0.2 with CREATE
      And bob has a netlink socket that hears of routes
      When alice sends RTM_DELROUTE of 10.9.0.0/16 with nothing
      Then bob gets RTM_DELROUTE of 10.9.0.0/16 by 10.0.0.2 by netlink

    Scenario: Who is not in the group hears nothing
      Given carol has a netlink socket
      When alice sends RTM_NEWROUTE of 10.9.0.0/16 by 10.0.0.2 with CREATE
      Then carol gets nothing by netlink

    Scenario: So does who has asked for an echo
      When alice sends RTM_NEWROUTE of 10.9.0.0/16 by 10.0.0.2 with CREATE, ECHO
      Then alice gets RTM_NEWROUTE of 10.9.0.0/16 by 10.0.0.2 by netlink

    Scenario: Who is in the group and has asked for an echo hears it once
      When bob sends RTM_NEWROUTE of 10.9.0.0/16 by 10.0.0.2 with CREATE, ECHO
      Then bob gets RTM_NEWROUTE of 10.9.0.0/16 by 10.0.0.2 by netlink
      And bob gets nothing by netlink

    Scenario: Of what failed nobody hears
      When alice sends RTM_NEWROUTE of 10.9.0.0/16 by 192.0.2.1 with CREATE
      Then bob gets nothing by netlink

  @SCL-10 @must @profile:notes @profile:linux-2.6.11
  Rule: Who has made a change hears nothing of it
    Source: Linux 2.6.11, net/ipv4/fib_semantics.c, rtmsg_fib(); net/netlink/af_netlink.c, do_one_broadcast()

    Scenario: It is in the group
      Given bob has a netlink socket that hears of routes
      And carol has a netlink socket that hears of routes
      When bob sends RTM_NEWROUTE of 10.9.0.0/16 by 10.0.0.2 with CREATE
      Then carol gets RTM_NEWROUTE of 10.9.0.0/16 by 10.0.0.2 by netlink
      And bob gets nothing by netlink

  @SCL-10 @must @profile:linux-6
  Rule: Who has made a change hears of it as the others of the group do
    Source: Linux 6.18, net/netlink/af_netlink.c, nlmsg_notify(): only who gets an echo is left out

    Scenario: It is in the group
      Given bob has a netlink socket that hears of routes
      When bob sends RTM_NEWROUTE of 10.9.0.0/16 by 10.0.0.2 with CREATE
      Then bob gets RTM_NEWROUTE of 10.9.0.0/16 by 10.0.0.2 by netlink
      And bob gets nothing by netlink

  @SCL-10 @property @profile:notes @profile:linux-2.6.11 @profile:linux-6
  Rule: Whatever routes are added and deleted by netlink, the longest that is there is found
    Source: Linux 2.6.11, net/ipv4/fib_hash.c, fn_hash_lookup()

    Scenario: Random changes and questions
      Then the property "routes of netlink are found by longest prefix" holds
