using Flatfile.Agent.Core.Drivers.InProcess;

namespace Core.Tests.Drivers;

public sealed class SettledPrefixTests
{
    [Fact]
    public void Events_settled_out_of_order_move_the_prefix_only_past_the_settled()
    {
        var prefix = new SettledPrefix(10);
        foreach (var position in (long[])[11, 13, 14, 20])
        {
            prefix.Begin(position);
        }

        Assert.Equal(0, prefix.Settle(14));
        Assert.Equal(10, prefix.Position);
        Assert.Equal(1, prefix.Settle(11));
        Assert.Equal(11, prefix.Position);
        Assert.Equal(2, prefix.Settle(13));
        Assert.Equal(14, prefix.Position);
        Assert.Equal(1, prefix.Settle(20));
        Assert.Equal(20, prefix.Position);
    }
}
