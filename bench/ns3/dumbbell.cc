/*
 * The dumbbell of the experiment on Vegas, in ns-3: transfers of many hosts over one bottleneck.
 *
 * A sender and a receiver host are joined by the bottleneck itself, as in the lab, so that a packet
 * makes as many hops here as there. Segments of 1400 octets, each acknowledged, 50 KB under way at most.
 *
 *   dumbbell TRANSFERS KB_EACH BUFFERS TCP
 *
 * runs the transfers one after the other and prints how many data packets the sender has handed to the
 * bottleneck, how many packets were handed to it either way, the rate of the transfers in KB a second, and
 * the seconds of processor time that all of it took. ns-3 carries no real octets and sums nothing unless
 * it is told to, and here it is not.
 *
 * Build: see bench/ns3.ts, or
 *   c++ -O2 -o dumbbell dumbbell.cc -lns3-applications -lns3-internet -lns3-traffic-control \
 *     -lns3-point-to-point -lns3-network -lns3-core
 */
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <string>

#include "ns3/applications-module.h"
#include "ns3/core-module.h"
#include "ns3/internet-module.h"
#include "ns3/network-module.h"
#include "ns3/point-to-point-module.h"
#include "ns3/traffic-control-module.h"

using namespace ns3;

namespace
{
uint64_t dataPackets = 0;
uint64_t allPackets = 0;
double finished = 0;
uint64_t arrived = 0;

void
Sent(Ptr<const Packet> packet)
{
    allPackets++;
    if (packet->GetSize() > 100)
    {
        dataPackets++;
    }
}

void
Received(Ptr<const Packet> packet, const Address&)
{
    arrived += packet->GetSize();
    finished = Simulator::Now().GetSeconds();
}
} // namespace

int
main(int argc, char* argv[])
{
    if (argc != 5)
    {
        std::fprintf(stderr, "usage: dumbbell TRANSFERS KB_EACH BUFFERS TCP\n");
        return 2;
    }
    const int transfers = std::atoi(argv[1]);
    const uint64_t octets = std::atoll(argv[2]) * 1024;
    const std::string buffers = argv[3];
    const std::string type = std::string("ns3::") + argv[4];

    Config::SetDefault("ns3::TcpL4Protocol::SocketType", TypeIdValue(TypeId::LookupByName(type)));
    Config::SetDefault("ns3::TcpSocket::SegmentSize", UintegerValue(1400));
    Config::SetDefault("ns3::TcpSocket::SndBufSize", UintegerValue(50 * 1024));
    Config::SetDefault("ns3::TcpSocket::RcvBufSize", UintegerValue(50 * 1024));
    Config::SetDefault("ns3::TcpSocket::InitialCwnd", UintegerValue(1));
    Config::SetDefault("ns3::TcpSocket::DelAckCount", UintegerValue(1));
    Config::SetDefault("ns3::TcpSocketBase::Sack", BooleanValue(false));
    Config::SetDefault("ns3::TcpSocketBase::Timestamp", BooleanValue(false));
    Config::SetDefault("ns3::TcpSocketBase::WindowScaling", BooleanValue(false));
    Config::SetDefault("ns3::TcpSocketBase::LimitedTransmit", BooleanValue(false));
    Config::SetDefault("ns3::TcpSocketBase::MinRto", TimeValue(Seconds(1)));
    Config::SetDefault("ns3::TcpSocketBase::ClockGranularity", TimeValue(MilliSeconds(500)));
    Config::SetDefault("ns3::TcpL4Protocol::RecoveryType",
                       TypeIdValue(TypeId::LookupByName("ns3::TcpClassicRecovery")));

    NodeContainer nodes;
    nodes.Create(2);
    PointToPointHelper link;
    // 200 KB a second; what is being sent does not count as waiting.
    link.SetDeviceAttribute("DataRate", StringValue("1638400bps"));
    link.SetChannelAttribute("Delay", StringValue("50ms"));
    link.SetQueue("ns3::DropTailQueue", "MaxSize", StringValue(buffers + "p"));
    NetDeviceContainer devices = link.Install(nodes);

    InternetStackHelper stack;
    stack.Install(nodes);
    Ipv4AddressHelper addresses;
    addresses.SetBase("10.0.0.0", "255.255.255.0");
    Ipv4InterfaceContainer interfaces = addresses.Assign(devices);
    // The queue of the device is the only one: it drops.
    TrafficControlHelper().Uninstall(devices);

    for (auto device = devices.Begin(); device != devices.End(); ++device)
    {
        (*device)->TraceConnectWithoutContext("MacTx", MakeCallback(&Sent));
    }

    // Each begins when the slowest before it would have ended.
    const double each = 5 + octets / 1024.0 / 40;
    const uint16_t port = 5001;
    PacketSinkHelper sink("ns3::TcpSocketFactory", InetSocketAddress(Ipv4Address::GetAny(), port));
    ApplicationContainer sinks = sink.Install(nodes.Get(1));
    sinks.Get(0)->TraceConnectWithoutContext("Rx", MakeCallback(&Received));
    double busy = 0;
    for (int transfer = 0; transfer < transfers; transfer++)
    {
        BulkSendHelper source("ns3::TcpSocketFactory",
                              InetSocketAddress(interfaces.GetAddress(1), port));
        source.SetAttribute("MaxBytes", UintegerValue(octets));
        source.SetAttribute("SendSize", UintegerValue(1400));
        ApplicationContainer sources = source.Install(nodes.Get(0));
        sources.Start(Seconds(transfer * each));
        Simulator::Schedule(Seconds((transfer + 1) * each - 0.001), [&busy, transfer, each]() {
            busy += finished - transfer * each;
        });
    }
    Simulator::Stop(Seconds(transfers * each + 1));
    Simulator::Run();
    if (arrived != octets * transfers)
    {
        std::fprintf(stderr, "only %lu of %lu octets have arrived\n", arrived, octets * transfers);
        return 1;
    }
    std::printf("%lu %lu %.1f %.3f\n",
                dataPackets,
                allPackets,
                octets * transfers / 1024.0 / busy,
                static_cast<double>(std::clock()) / CLOCKS_PER_SEC);
    Simulator::Destroy();
    return 0;
}
