@cap:network @cap:tcp @cap:tcp-tunables
Feature: Vegas and Reno on the network of the paper
  200 KB a second, 50 ms, few buffers, segments of 1400 octets each of which is acknowledged, 50 KB under way at most.
  The notes say that Vegas gets 31 % to 71 % better throughput and 20 % to 50 % less loss than Reno. The paper says 37 % to
  71 % better throughput, with one-fifth to one-half of the losses: 50 % to 80 % less. They differ, and the notes are
  taken at their word and the paper at its own.

  Both are against the Reno of 1990. Against NewReno Vegas gains a tenth, and where pipe and buffers hold all that may be
  under way, from 20 buffers on, it gains nothing; it sends less again in any case. Linux has Vegas as an option only.
  The bands are those that a simulation of both has shown; `kernspec experiment vegas` measures amid other traffic, too.

  @VEG-01 @VEG-11 @VEG-21 @VEG-22 @VEG-24 @must @profile:notes @profile:bsd-4.4
  Rule: Alone on a path of 10 buffers Vegas loses nothing, and is faster than Reno, which has to lose segments to find the bandwidth
    Source: L. Brakmo, L. Peterson, TCP Vegas, IEEE JSAC 13(8), 1995, figures 5 and 7: 123 and 169 KB a second

    Scenario: 1 MB by each, by Reno from 10 parts of its tick on
      Given the network of the paper, with 10 buffers at the bottleneck
      When 1024 KB go by reno-1990, 10 times, from 10 parts of a tick on
      And 1024 KB go by vegas, 1 time, from 1 parts of a tick on
      Then by reno-1990 it is 112 to 132 KB a second on the average
      And by reno-1990 30 to 55 KB are sent again each time, after 1 timeout
      And by reno-1990 about half of the window at most is lost, and not less than a fifth, before 1500 ms are over
      And by vegas it is 158 to 178 KB a second on the average
      And by vegas 0 to 0 KB are sent again each time, after 0 timeouts
      And from 3 s on 1 to 5 packets of vegas wait at the bottleneck
      And the rates of vegas and reno-1990 are as 1.31 to 1.55, to 1
      And window, queue and losses of reno-1990 and vegas over time are in the report

  @VEG-01 @must @profile:notes @profile:bsd-4.4
  Rule: Where the buffers hold all that may be under way Reno loses nothing, and Vegas gains nothing
    Source: JSAC 13(8), section IV: of 20 buffers Reno loses about 3 KB

    Scenario Outline: 1 MB by each, with <buffers> buffers
      Given the network of the paper, with <buffers> buffers at the bottleneck
      When 1024 KB go by reno-1990, 1 time, from 1 parts of a tick on
      And 1024 KB go by vegas, 1 time, from 1 parts of a tick on
      Then the rates of vegas and reno-1990 are as 0.90 to 1.03, to 1

      Examples: Pipe and buffers hold 50 KB
        | buffers |
        | 20      |
        | 25      |

  @VEG-01 @must @profile:notes @profile:bsd-4.4
  Rule: One on one Vegas sends much less again than Reno, and together two that use it next to nothing
    Source: JSAC 13(8), table III

    Scenario: 300 KB beside 1 MB
      At 20 buffers two transfers by Reno lose next to nothing: 50 KB and the path are as long as each other.

      Given the network of the paper, with 15 buffers at the bottleneck
      When 300 KB go beside 1024 KB that have begun up to 2500 ms before, 12 times each:
        | small     | large     |
        | reno-1990 | reno-1990 |
        | reno-1990 | vegas     |
        | vegas     | reno-1990 |
        | vegas     | vegas     |
      Then vegas beside vegas send 0 to 2 KB again, both together
      And vegas beside reno-1990 send 0 to 60 % of what reno-1990 beside reno-1990 send again
      And reno-1990 beside vegas send 70 to 130 % of what reno-1990 beside reno-1990 send again
      And no transfer by vegas sends more than 4 KB again on the average
      And reno-1990 get 90 % at least beside vegas of what they get beside reno-1990

  @VEG-12 @VEG-21 @must @profile:notes @profile:bsd-4.4
  Rule: The extra data are what waits at the bottleneck, and Vegas keeps them between alpha and beta
    Source: JSAC 13(8), section III-B

    Scenario Outline: From <alpha> to <beta> segments
      Given that network keeps alpha of <alpha> and beta of <beta>
      And the network of the paper, with 20 buffers at the bottleneck
      When 1024 KB go by vegas, 1 time, from 1 parts of a tick on
      Then from 3 s on <alpha> to <most> packets of vegas wait at the bottleneck
      And what vegas has under way beyond what the path holds is what waits, to a segment

      Examples: Few, and many, of which a longer queue comes; one more may just have arrived
        | alpha | beta | most |
        | 1     | 3    | 4    |
        | 2     | 4    | 5    |
        | 8     | 10   | 11   |

  @VEG-13 @must @profile:notes @profile:bsd-4.4
  Rule: With enough extra data Vegas takes new bandwidth up within as many round trips as the path then holds more segments
    Source: JSAC 13(8), section III-B

    Scenario: The bottleneck becomes twice as fast
      Given the network of the paper, with 20 buffers at the bottleneck
      Then twice the bandwidth is taken up by vegas within 20 round trips: 90 % of it at least
