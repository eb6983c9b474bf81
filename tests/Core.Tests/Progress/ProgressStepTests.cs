using Flatfile.Agent.Core.Progress;

namespace Core.Tests.Progress;

public sealed class ProgressStepTests
{
    private readonly List<(double Percent, string? Info)> _reports = [];

    [Fact]
    public void Steps_add_up_by_their_shares_at_every_depth()
    {
        var whole = Whole();
        var reading = whole.Step("Reading", 20);
        reading.Report(50, "half the file");
        Assert.Equal((10, "Reading: half the file"), _reports[^1]);
        reading.Done();
        var writing = whole.Step("Writing", 80);
        writing.Step("sheet A", 25).Done();
        Assert.Equal((40, "Writing, sheet A"), _reports[^1]);
        writing.Step("sheet B", 75).Report(1, 3, "rows");
        Assert.Equal(60, _reports[^1].Percent, 6);
        Assert.Equal("Writing, sheet B: rows", _reports[^1].Info);
        writing.Done();
        Assert.Equal(100, _reports[^1].Percent);
    }

    [Fact]
    public void Nothing_goes_backwards_or_past_the_end()
    {
        var whole = Whole();
        var step = whole.Step("One", 50);
        step.Report(80);
        step.Report(30);
        step.Report(double.NaN);
        step.Report(400);
        whole.Report(10);

        Assert.Equal(_reports.Select(r => r.Percent).Order(), _reports.Select(r => r.Percent));
        Assert.Equal(50, _reports[^1].Percent);
    }

    [Fact]
    public void Shares_that_are_no_shares_are_refused()
    {
        var whole = Whole();
        whole.Step("One", 70);

        Assert.Throws<ArgumentOutOfRangeException>(() => whole.Step("None", 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => whole.Step("None", double.NaN));
        Assert.Contains("70 percent already", Assert.Throws<ArgumentOutOfRangeException>(() => whole.Step("Two", 31)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Steps_of_many_threads_add_up()
    {
        var whole = Whole();
        var steps = Enumerable.Range(0, 10).Select(i => whole.Step($"{i}", 10)).ToList();
        await Task.WhenAll(steps.Select(step => Task.Run(() => Enumerable.Range(0, 101).ToList().ForEach(i => step.Report(i)))));

        Assert.Equal(100, _reports.Max(r => r.Percent), 6);
    }

    private ProgressStep Whole() => new((percent, info) =>
    {
        lock (_reports)
        {
            _reports.Add((percent, info));
        }
    });
}
