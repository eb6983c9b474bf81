using Flatfile.Agent.Drivers.RabbitMq;

namespace Drivers.RabbitMq.Tests;

public sealed class FairShareTests
{
    [Theory]
    [InlineData(8, 8, 1, 0)]
    [InlineData(8, 8, 2, 4)]
    [InlineData(4, 8, 2, 0)]
    [InlineData(8, 8, 3, 5)]
    [InlineData(3, 8, 3, 0)]
    [InlineData(2, 8, 20, 1)]
    [InlineData(8, 8, 0, 0)]
    public void A_process_gives_up_what_is_above_its_share(int active, int partitions, int processes, int excess) =>
        Assert.Equal(excess, FairShare.Excess(active, partitions, processes));
}
