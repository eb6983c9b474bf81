using Flatfile.Agent.Drivers.RabbitMq;

namespace Drivers.RabbitMq.Tests;

public sealed class PartitionTests
{
    [Theory]
    [InlineData("us_sp_1")]
    [InlineData("")]
    [InlineData("Zürich 東京")]
    public void A_key_has_one_queue(string key)
    {
        Assert.Equal(Partition.Of(key, 8), Partition.Of(new string(key.AsSpan()), 8));
        Assert.InRange(Partition.Of(key, 8), 0, 7);
        Assert.Equal(0, Partition.Of(key, 1));
    }

    /// <summary>Publishers of different versions work side by side: the numbers may never change.</summary>
    [Fact]
    public void The_queue_of_a_key_is_the_same_in_every_version() =>
        Assert.Equal([6, 1, 6, 3, 2], ((string[])["us_sp_1", "us_sp_2", "us_sp_3", "dev_sp_a8Zk", ""]).Select(key => Partition.Of(key, 8)));

    [Fact]
    public void Keys_are_spread_over_all_queues()
    {
        var sizes = Enumerable.Range(0, 8_000).GroupBy(i => Partition.Of($"us_sp_{i}", 8)).Select(g => g.Count()).ToList();

        Assert.Equal(8, sizes.Count);
        Assert.All(sizes, size => Assert.InRange(size, 850, 1_150));
    }
}
