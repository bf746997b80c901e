@cap:packet-type
Feature: Protocol handlers under RCU
  Every packet is looked up in the table of protocol handlers, on whichever processor it arrives. The table changes seldom and is
  read all the time, so the lookup takes no lock, and whoever removes a handler waits until no lookup can still see it.

  @RCU-07 @must
  Rule: A lookup that is under way goes on while a handler is removed, and those that stay hear the packet once
    Source: Linux 2.6.11, net/core/dev.c, netif_receive_skb(), __dev_remove_pack(), list_del_rcu()

    Scenario Outline: <leaver> is removed, the <place> of three
      Given protocol handlers added in this order:
        | handler | protocol |
        | first   | 0x0800   |
        | second  | 0x0800   |
        | third   | 0x0800   |
      When a packet of protocol 0x0800 arrives on processor 0 while processor 1 removes <leaver>, in every order of their steps
      Then it is delivered once to each of <staying> in every order
      And it is delivered to <leaver> in some order and in some not
      And it is delivered to <leaver> in no order behind the removal

      Examples:
        | leaver | place            | staying       |
        | first  | earliest         | second, third |
        | second | one in the middle | first, third  |
        | third  | latest           | first, second |

    Scenario: One that hears all packets is removed
      Given protocol handlers added in this order:
        | handler | protocol |
        | tap     | 0x0003   |
        | ip      | 0x0800   |
      When a packet of protocol 0x0800 arrives on processor 0 while processor 1 removes tap, in every order of their steps
      Then it is delivered once to each of ip in every order
      And it is delivered to tap in some order and in some not
      And it is delivered to tap in no order behind the removal

  @RCU-07 @must
  Rule: A lookup that is under way sees a handler that is added, or does not see it yet, and all others in either case
    Source: Linux 2.6.11, net/core/dev.c, dev_add_pack(), list_add_rcu()

    Scenario: Another handler of the same protocol
      Given protocol handlers added in this order:
        | handler | protocol |
        | first   | 0x0800   |
        | second  | 0x0800   |
      When a packet of protocol 0x0800 arrives on processor 0 while processor 1 adds third of protocol 0x0800, in every order of their steps
      Then it is delivered once to each of first, second in every order
      And it is delivered to third in some order and in some not

  @RCU-07 @PRO-01 @must
  Rule: Who hears all packets hears one first, and of those of its protocol the newest
    Source: Linux 2.6.11, net/core/dev.c, netif_receive_skb(): ptype_all, then ptype_base; dev_add_pack(), list_add_rcu()

    Scenario: A tap between two others
      Given protocol handlers added in this order:
        | handler | protocol |
        | first   | 0x0800   |
        | tap     | 0x0003   |
        | second  | 0x0800   |
      When a packet of protocol 0x0800 arrives while nobody changes the table
      Then it is delivered to tap, second, first in this order

  @RCU-07 @RCU-03 @must
  Rule: A lookup takes no lock and waits for nobody
    Source: Linux 2.6.11, net/core/dev.c, netif_receive_skb(), rcu_read_lock()

    Scenario: While the table is changed
      Given protocol handlers added in this order:
        | handler | protocol |
        | first   | 0x0800   |
        | second  | 0x0800   |
      When a packet of protocol 0x0800 arrives on processor 0 while processor 1 removes first, in every order of their steps
      Then it is delivered once to each of second in every order
      And the lookup waits in no order
      And in every order it takes as many steps as where nobody changes the table, or fewer

  @RCU-07 @must
  Rule: Those who change the table at once are kept apart by a lock
    Source: Linux 2.6.11, net/core/dev.c, ptype_lock

    Scenario: Two handlers are added at once
      Given protocol handlers added in this order:
        | handler | protocol |
        | first   | 0x0800   |
      When processor 0 adds second and processor 1 adds third, in every order of their steps
      Then first, second, third are in the table in every order

    Scenario: One is added while its neighbour is removed
      Given protocol handlers added in this order:
        | handler | protocol |
        | first   | 0x0800   |
        | second  | 0x0800   |
      When processor 0 adds third and processor 1 removes second, in every order of their steps
      Then first, third are in the table in every order

  @RCU-07 @must
  Rule: A packet is delivered to the handlers of its protocol and to those that hear all, whatever shares their hash
    Source: Linux 2.6.11, net/core/dev.c, ptype_base of 16 lists, ptype_all

    Scenario Outline: Protocol <protocol>
      Given protocol handlers added in this order:
        | handler | protocol |
        | tap     | 0x0003   |
        | ip      | 0x0800   |
        | vlan    | 0x8100   |
        | arp     | 0x0806   |
      When a packet of protocol <protocol> arrives while nobody changes the table
      Then it is delivered to <hearers>

      Examples: 0x0800 and 0x8100 have the same low four bits
        | protocol | hearers   |
        | 0x0800   | ip, tap   |
        | 0x8100   | tap, vlan |
        | 0x0806   | arp, tap  |
        | 0x86DD   | tap       |
        | 0x0810   | tap       |
