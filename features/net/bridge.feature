@cap:network @cap:bridge @profile:notes @profile:linux-2.6.11 @profile:linux-6
Feature: A bridge
  A bridge joins interfaces: what comes in by one goes out by others, by link address. It is an interface of the host
  itself, and a packet that is for the host keeps in mind by which port it has come.

  Background:
    Given interface eth0 without an address
    And interface eth1 without an address
    And interface eth2 without an address
    And a bridge br0 of eth0, eth1, eth2 at 10.0.0.1/24

  @FEA-01 @must
  Rule: A frame for an address that nobody knows goes everywhere but back, and the bridge learns from whom it came
    Source: IEEE 802.1D, section 7.8; Linux 2.6.11, net/bridge/br_input.c, br_handle_frame_finish(); br_fdb.c

    Scenario: Unknown
      When eth0 receives "ETH 02:0a:00:00:00:01 > 02:0b:00:00:00:02 UDP 10.0.0.8:1 > 10.0.0.9:2 length 1"
      Then eth1 sends "ETH 02:0a:00:00:00:01 > 02:0b:00:00:00:02 UDP 10.0.0.8:1 > 10.0.0.9:2 length 1 ttl 64"
      And eth2 sends "ETH 02:0a:00:00:00:01 > 02:0b:00:00:00:02 UDP 10.0.0.8:1 > 10.0.0.9:2 length 1 ttl 64"
      And eth0 sends nothing
      And br0 has learned:
        | address           | port |
        | 02:0a:00:00:00:01 | eth0 |

    Scenario: The answer goes to where the question came from, and nowhere else
      Given eth0 has received "ETH 02:0a:00:00:00:01 > 02:0b:00:00:00:02 UDP 10.0.0.8:1 > 10.0.0.9:2 length 1"
      And eth1 has sent that
      And eth2 has sent that
      When eth1 receives "ETH 02:0b:00:00:00:02 > 02:0a:00:00:00:01 UDP 10.0.0.9:2 > 10.0.0.8:1 length 2"
      Then eth0 sends "ETH 02:0b:00:00:00:02 > 02:0a:00:00:00:01 UDP 10.0.0.9:2 > 10.0.0.8:1 length 2"
      And eth2 sends nothing
      And br0 has learned:
        | address           | port |
        | 02:0a:00:00:00:01 | eth0 |
        | 02:0b:00:00:00:02 | eth1 |

    Scenario: A frame for who is on its own side stays there
      Given eth0 has received "ETH 02:0a:00:00:00:01 > ff:ff:ff:ff:ff:ff UDP 10.0.0.8:1 > 10.0.0.9:2 length 1"
      And eth1 has sent that
      And eth2 has sent that
      When eth0 receives "ETH 02:0c:00:00:00:03 > 02:0a:00:00:00:01 UDP 10.0.0.7:1 > 10.0.0.8:2 length 1"
      Then eth0 sends nothing
      And eth1 sends nothing
      And eth2 sends nothing

    Scenario: Who moves is learned anew
      Given eth0 has received "ETH 02:0a:00:00:00:01 > ff:ff:ff:ff:ff:ff UDP 10.0.0.8:1 > 10.0.0.9:2 length 1"
      When eth2 receives "ETH 02:0a:00:00:00:01 > ff:ff:ff:ff:ff:ff UDP 10.0.0.8:1 > 10.0.0.9:2 length 1"
      Then br0 has learned:
        | address           | port |
        | 02:0a:00:00:00:01 | eth2 |

    Scenario: Who is silent for five minutes is forgotten
      Given eth0 has received "ETH 02:0a:00:00:00:01 > ff:ff:ff:ff:ff:ff UDP 10.0.0.8:1 > 10.0.0.9:2 length 1"
      When 301 s go by
      Then br0 has learned nothing

    Scenario: An address of a group is nobody's
      When eth0 receives "ETH 03:0a:00:00:00:01 > ff:ff:ff:ff:ff:ff UDP 10.0.0.8:1 > 10.0.0.9:2 length 1"
      Then br0 has learned nothing
      And eth1 sends nothing

  @FEA-01 @must
  Rule: A packet for the host is handed up by the bridge, and keeps the port by which it has come
    Source: Linux 2.6.11, net/bridge/br_input.c, br_pass_frame_up(); include/linux/netfilter_bridge.h, physindev

    Scenario Outline: It comes by <port>, and the answer goes out there only
      Given <port> has received "ETH 02:0a:00:00:00:01 > ff:ff:ff:ff:ff:ff ARP who-has 10.0.0.1 tell 10.0.0.8"
      And <port> has sent that
      And the other ports of br0 than <port> have sent that
      When <port> receives "ETH 02:0a:00:00:00:01 > 02:ff:00:00:00:01 ICMP 10.0.0.8 > 10.0.0.1 echo request id 1 seq 1"
      Then <port> sends "ETH 02:ff:00:00:00:01 > 02:0a:00:00:00:01 ICMP 10.0.0.1 > 10.0.0.8 echo reply id 1 seq 1"
      And no other port of br0 than <port> sends anything
      And packets were delivered that came by <port>

      Examples:
        | port |
        | eth0 |
        | eth1 |
        | eth2 |

    Scenario: What is for another is not delivered
      When eth0 receives "ETH 02:0a:00:00:00:01 > 02:0b:00:00:00:02 ICMP 10.0.0.8 > 10.0.0.1 echo request id 1 seq 1"
      Then packets were delivered that came by no port
