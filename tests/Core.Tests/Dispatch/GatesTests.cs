using Contracts.Support;
using Flatfile.Agent.Core.Dispatch;

namespace Core.Tests.Dispatch;

public sealed class GatesTests
{
    private readonly Gates _gates = new();

    [Fact]
    public async Task As_many_are_inside_as_the_limit_allows_and_the_rest_come_in_the_order_they_asked()
    {
        await _gates.EnterAsync("a", 2, CancellationToken.None);
        await _gates.EnterAsync("a", 2, CancellationToken.None);
        var third = _gates.EnterAsync("a", 2, CancellationToken.None);
        var fourth = _gates.EnterAsync("a", 2, CancellationToken.None);
        await Signal.WaitAsync(_gates.EnterAsync("b", 1, CancellationToken.None), "another key");
        Assert.False(third.IsCompleted);

        _gates.Leave("a");
        await Signal.WaitAsync(third, "the third");
        Assert.False(fourth.IsCompleted);
        _gates.Leave("a");
        await Signal.WaitAsync(fourth, "the fourth");
    }

    [Fact]
    public async Task Whoever_gives_up_waiting_is_passed_over()
    {
        using var gone = new CancellationTokenSource();
        await _gates.EnterAsync("a", 1, CancellationToken.None);
        var second = _gates.EnterAsync("a", 1, gone.Token);
        var third = _gates.EnterAsync("a", 1, CancellationToken.None);
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        _gates.Leave("a");

        await Signal.WaitAsync(third, "the third");
    }

    [Fact]
    public async Task Keys_that_nobody_uses_are_forgotten()
    {
        for (var i = 0; i < 100; i++)
        {
            await _gates.EnterAsync($"sheet {i}", 1, CancellationToken.None);
            _gates.Leave($"sheet {i}");
        }

        Assert.Equal(0, _gates.Count);
    }
}
