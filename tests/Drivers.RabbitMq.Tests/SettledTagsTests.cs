using Flatfile.Agent.Drivers.RabbitMq;

namespace Drivers.RabbitMq.Tests;

public sealed class SettledTagsTests
{
    private readonly SettledTags _tags = new();

    public SettledTagsTests()
    {
        for (var tag = 1UL; tag <= 6; tag++)
        {
            _tags.Delivered(tag);
        }
    }

    [Fact]
    public void All_up_to_the_first_open_one_are_acknowledged_at_once_and_those_above_singly()
    {
        foreach (var tag in (ulong[])[2, 1, 5])
        {
            _tags.Settle(tag);
        }

        var (upTo, count, singles) = _tags.Take();

        Assert.Equal((2UL, 2), (upTo, count));
        Assert.Equal([5UL], singles);
    }

    [Fact]
    [Trait("Row", "E-07")]
    public void An_open_delivery_is_never_below_an_acknowledgement_of_many()
    {
        foreach (var tag in (ulong[])[2, 3, 4])
        {
            _tags.Settle(tag);
        }

        var (_, count, singles) = _tags.Take();

        Assert.Equal(0, count);
        Assert.Equal([2UL, 3UL, 4UL], singles.Order());
    }

    [Fact]
    public void What_was_sent_singly_or_given_back_is_passed_over_and_not_said_again()
    {
        _tags.Settle(2);
        _tags.Take();
        _tags.GivenBack(3);
        _tags.Settle(1);

        Assert.Equal((1UL, 1), Range());
        Assert.Equal((0UL, 0), Range());
        _tags.Settle(4);
        _tags.Settle(5);
        Assert.Equal((5UL, 2), Range());

        (ulong, int) Range()
        {
            var (upTo, count, singles) = _tags.Take();
            Assert.Empty(singles);
            return (upTo, count);
        }
    }
}
