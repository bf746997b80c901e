@cap:network @cap:tcp @cap:tcp-network-layer
Feature: The network layer below TCP
  TCP knows no network layer by name. What it needs of one it calls by a table of functions; a socket over another layer
  has another table, and everything else stays as it is.

  @TXP-08 @TXP-10 @must @profile:notes @profile:linux-2.6.11
  Rule: The table of IPv4 links TCP to the functions of IPv4
    Source: Linux 2.6.11, net/ipv4/tcp_ipv4.c, ipv4_specific

    Scenario: Its functions
      Then these are the functions of IPv4 that TCP calls:
        | queue_xmit     | ip_queue_xmit         |
        | send_check     | tcp_v4_send_check     |
        | rebuild_header | tcp_v4_rebuild_header |
        | conn_request   | tcp_v4_conn_request   |
        | syn_recv_sock  | tcp_v4_syn_recv_sock  |
        | remember_stamp | tcp_v4_remember_stamp |
        | setsockopt     | ip_setsockopt         |
        | getsockopt     | ip_getsockopt         |
        | addr2sockaddr  | v4_addr2sockaddr      |

    Scenario: Its lengths
      Then its header has 20 octets, and an address of it 16

  @TXP-08 @must
  Rule: With another table TCP works over another network layer
    Source: Linux 2.6.11, include/net/tcp.h, struct tcp_func; net/ipv4/tcp_output.c, tcp_transmit_skb()

    Background: A layer whose header is twice as long
      Given interface eth0 at 10.0.0.1/24
      And neighbour 10.0.0.2 on eth0
      And the peer is the server at 10.0.0.2:80
      And alice has a stream socket over another network layer, whose header has 40 octets

    Scenario: Its header is not for data
      When alice begins to connect to 10.0.0.2:80
      Then the peer gets "S 0:0(0) <mss 1440,...>"
      And the peer gets nothing more

    Scenario: A connection is made
      Given alice has begun to connect to 10.0.0.2:80
      And the peer has got "S 0:0(0)"
      When the peer sends "S. 0:0(0) ack 1 win 65535 <mss 1440>"
      Then the peer gets ". 1:1(0) ack 1"
      And alice is connected
      And each segment has the checksum that the layer has filled in

    Scenario: Octets go both ways
      Given alice has begun to connect to 10.0.0.2:80
      And the peer has got "S 0:0(0)"
      And the peer has sent "S. 0:0(0) ack 1 win 65535 <mss 1440>"
      And the peer has got ". 1:1(0) ack 1"
      And alice has sent 500 octets
      And the peer has got "P. 1:501(500) ack 1"
      And the peer has sent "P. 1:11(10) ack 501"
      When alice receives up to 100 octets
      Then alice gets the next 10 octets

    Scenario: A segment has its checksum before it is handed down
      Given alice has begun to connect to 10.0.0.2:80
      And the peer has got "S 0:0(0)"
      And what TCP has called of the layer of alice so far is of no interest
      When the peer sends "S. 0:0(0) ack 1 win 65535 <mss 1440>"
      Then TCP has called send_check, queue_xmit of the layer of alice

    Scenario: What is lost is sent again, along a way that is looked for first
      Given alice has begun to connect to 10.0.0.2:80
      And the peer has got "S 0:0(0)"
      And the peer has sent "S. 0:0(0) ack 1 win 65535 <mss 1440>"
      And the peer has got ". 1:1(0) ack 1"
      And alice has sent 10 octets
      And the peer has got "P. 1:11(10) ack 1"
      And what TCP has called of the layer of alice so far is of no interest
      When 8 s go by
      Then the peer gets "P. 1:11(10) ack 1"
      And TCP has first called rebuild_header, send_check, queue_xmit of the layer of alice

    Scenario: The end of the stream
      Given alice has begun to connect to 10.0.0.2:80
      And the peer has got "S 0:0(0)"
      And the peer has sent "S. 0:0(0) ack 1 win 65535 <mss 1440>"
      And the peer has got ". 1:1(0) ack 1"
      When alice closes the stream socket
      Then the peer gets "F. 1:1(0) ack 1"

    Scenario: Who asks for a connection is the layer's business
      Given alice binds the stream socket to 10.0.0.1:80
      And alice has listened with a backlog of 5
      And peer 2 talks to 10.0.0.1:80
      When peer 2 sends "S 0:0(0) win 65535"
      Then TCP has called conn_request of the layer of alice

  @TXP-10 @must
  Rule: Options that are none of TCP's own, and the address of the peer, are asked of the layer below
    Source: Linux 2.6.11, net/ipv4/tcp.c, tcp_setsockopt(), tcp_getsockopt(), tcp_accept(); net/ipv4/tcp_ipv4.c, ipv4_specific

    Background:
      Given interface eth0 at 10.0.0.1/24
      And neighbour 10.0.0.2 on eth0
      And the peer is the server at 10.0.0.2:80
      And alice has a stream socket over another network layer, whose header has 40 octets
      And what TCP has called of the layer of alice so far is of no interest

    Scenario: An option of IP is set there
      When alice sets the stream option IP_TTL to 5
      Then TCP has called setsockopt of the layer of alice

    Scenario: And asked for there
      When alice sets the stream option IP_TTL to 5
      Then the stream option IP_TTL of alice is 5
      And TCP has called setsockopt, getsockopt of the layer of alice

    Scenario: One of TCP's own is not
      When alice sets the stream option TCP_MAXSEG to 536
      Then the stream option TCP_MAXSEG of alice is 536
      And TCP has called nothing of the layer of alice

    Scenario: The address of the peer is the one that the layer tells
      Given alice has begun to connect to 10.0.0.2:80
      And the peer has got "S 0:0(0)"
      When the peer sends "S. 0:0(0) ack 1 win 65535 <mss 1440>"
      Then the peer of the stream of alice is the one that the layer tells of
