using Contracts.Support;
using Flatfile.Agent.Core.Progress;

namespace Core.Tests.Progress;

public sealed class ProgressBufferTests
{
    private readonly Arrivals<ProgressReport> _sent = new("reports");
    private readonly List<Exception> _faults = [];

    [Fact]
    public async Task The_first_report_is_sent_at_once()
    {
        await using var buffer = Buffer(TimeSpan.FromMinutes(1));
        buffer.Report(10, "ten");

        Assert.Equal(new ProgressReport(10, "ten"), (await _sent.WaitForAsync(1))[0]);
    }

    [Fact]
    [Trait("Row", "J-07")]
    public async Task Reports_within_the_interval_are_joined_to_the_latest()
    {
        await using var buffer = Buffer(TimeSpan.FromMinutes(1));
        buffer.Report(1, null);
        await _sent.WaitForAsync(1);
        for (var i = 2; i <= 90; i++)
        {
            buffer.Report(i, $"at {i}");
        }

        await buffer.CloseAsync(CancellationToken.None);

        Assert.Equal([new ProgressReport(1, null), new ProgressReport(90, "at 90")], _sent.Items);
    }

    [Fact]
    [Trait("Row", "J-07")]
    public async Task Values_never_go_backwards_whatever_is_reported()
    {
        var random = new Random(1);
        await using var buffer = Buffer(TimeSpan.FromMilliseconds(1));
        for (var i = 0; i < 60; i++)
        {
            buffer.Report((random.NextDouble() * 140) - 20, null);
            buffer.Report((random.NextDouble() * 140) - 20, $"at {i}");
            await _sent.WaitForAsync(i + 1);
        }

        await buffer.CloseAsync(CancellationToken.None);
        var values = _sent.Items.Select(r => r.Percent).ToList();

        Assert.Equal(values.Order(), values);
        Assert.Equal(100, values[^1]);
        Assert.All(values, v => Assert.InRange(v, 0, 100));
    }

    [Fact]
    public async Task A_value_that_is_no_number_is_ignored()
    {
        await using var buffer = Buffer(TimeSpan.FromMinutes(1));
        buffer.Report(double.NaN, null);
        buffer.Report(double.NegativeInfinity, null);
        buffer.Report(5, null);

        Assert.Equal(5, (await _sent.WaitForAsync(1))[0].Percent);
    }

    [Fact]
    public async Task A_lower_value_keeps_the_height_and_gives_its_text()
    {
        await using var buffer = Buffer(TimeSpan.FromMinutes(1), start: 40);
        buffer.Report(10, "again from the start");

        Assert.Equal(new ProgressReport(40, "again from the start"), (await _sent.WaitForAsync(1))[0]);
    }

    [Fact]
    public async Task Nothing_is_sent_after_the_close()
    {
        var buffer = Buffer(TimeSpan.FromMilliseconds(1));
        buffer.Report(10, null);
        await buffer.CloseAsync(CancellationToken.None);
        var sent = _sent.Items.Count;
        buffer.Report(80, null);
        await buffer.DisposeAsync();

        Assert.Equal(sent, _sent.Items.Count);
    }

    [Fact]
    public async Task Closing_waits_for_the_report_on_its_way_and_sends_the_rest_after_it()
    {
        var release = new Signal("the release of the first report");
        await using var buffer = new ProgressBuffer(0, TimeSpan.FromMinutes(1), async (report, _) =>
        {
            _sent.Add(report);
            if (report.Percent < 50)
            {
                await release.Task;
            }
        }, _faults.Add, TimeProvider.System);
        buffer.Report(10, null);
        await _sent.WaitForAsync(1);
        buffer.Report(99, null);
        var closing = buffer.CloseAsync(CancellationToken.None);
        Assert.False(closing.IsCompleted);
        release.Set();
        await Signal.WaitAsync(closing, "the buffer to close");

        Assert.Equal([10, 99], _sent.Items.Select(r => r.Percent));
    }

    [Fact]
    public async Task A_report_that_cannot_be_sent_is_told_and_the_next_one_goes_out()
    {
        await using var buffer = new ProgressBuffer(0, TimeSpan.FromMilliseconds(1), (report, _) =>
        {
            _sent.Add(report);
            return report.Percent < 50 ? throw new HttpRequestException("away") : Task.CompletedTask;
        }, _faults.Add, TimeProvider.System);
        buffer.Report(10, null);
        await _sent.WaitForAsync(1);
        buffer.Report(60, null);
        await _sent.WaitForAsync(2);

        Assert.IsType<HttpRequestException>(Assert.Single(_faults));
    }

    [Fact]
    public async Task The_interval_between_reports_is_kept()
    {
        var times = new List<long>();
        var interval = TimeSpan.FromMilliseconds(120);
        await using var buffer = new ProgressBuffer(0, interval, (report, _) =>
        {
            times.Add(TimeProvider.System.GetTimestamp());
            _sent.Add(report);
            return Task.CompletedTask;
        }, _faults.Add, TimeProvider.System);
        buffer.Report(1, null);
        await _sent.WaitForAsync(1);
        buffer.Report(2, null);
        await _sent.WaitForAsync(2);

        Assert.True(TimeProvider.System.GetElapsedTime(times[0], times[1]) >= interval * 0.9);
    }

    private ProgressBuffer Buffer(TimeSpan interval, double start = 0) =>
        new(start, interval, (report, _) =>
        {
            _sent.Add(report);
            return Task.CompletedTask;
        }, _faults.Add, TimeProvider.System);
}
