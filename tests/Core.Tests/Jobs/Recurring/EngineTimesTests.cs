using Core.Tests.Support;
using Flatfile.Agent.Core.Jobs;
using Flatfile.Agent.Core.Jobs.Recurring;
using Flatfile.Agent.Core.Startup;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Core.Tests.Jobs.Recurring;

/// <summary>What an engine's own clock is told of the recurring work.</summary>
public sealed class EngineTimesTests : IDisposable
{
    private readonly NotingEngine _engine = new();
    private readonly ServiceProvider _services;
    private readonly EngineTimes _times;

    public EngineTimesTests()
    {
        _services = new ServiceCollection().AddSingleton<IJobEngine>(_engine).BuildServiceProvider();
        _times = new EngineTimes(new SelectedEngine(_services, Options.Create(new AgentOptions { Engine = "Noting" })));
    }

    public void Dispose() => _services.Dispose();

    [Fact]
    public async Task It_is_told_all_that_has_a_time_in_order_of_the_ids_and_nothing_again()
    {
        await TellAsync([Work("b", "0 3 * * *"), Work("a", "*/5 * * * *"), Work("by hand", null)]);
        await TellAsync([Work("a", "*/5 * * * *"), Work("by hand", null), Work("b", "0 3 * * *")]);

        Assert.Equal([new RecurringEntry("a", "*/5 * * * *", "UTC", false), new RecurringEntry("b", "0 3 * * *", "UTC", false)], Assert.Single(_engine.Told));
    }

    [Fact]
    public async Task It_is_told_what_an_operator_paused_and_the_settings_have_the_last_word()
    {
        await TellAsync([Work("a", "0 3 * * *"), Work("b", "0 3 * * *", paused: false)], "a", "b");

        Assert.Equal([true, false], Assert.Single(_engine.Told).Select(e => e.Paused));
    }

    [Fact]
    public async Task It_is_told_once_that_there_is_nothing_so_that_it_forgets_what_an_earlier_agent_told()
    {
        await TellAsync([]);
        await TellAsync([]);
        await TellAsync([Work("a", "0 3 * * *")]);
        await TellAsync([]);

        Assert.Equal([0, 1, 0], _engine.Told.Select(t => t.Count));
    }

    [Fact]
    public async Task What_it_did_not_take_is_told_again()
    {
        _engine.Fault = new TimeoutException("away");
        await Assert.ThrowsAsync<TimeoutException>(() => TellAsync([Work("a", "0 3 * * *")]));
        _engine.Fault = null;
        await TellAsync([Work("a", "0 3 * * *")]);

        Assert.Single(_engine.Told);
    }

    private static RecurringWork Work(string id, string? cron, bool? paused = null) =>
        RecurringWork.Of(Binding(id), new RecurringOptions { Cron = cron, Paused = paused });

    private Task TellAsync(IEnumerable<RecurringWork> work, params string[] paused) => _times.TellAsync(
        work, paused.ToDictionary(id => id, id => new RecurringRow(id, "", null, null, true)), CancellationToken.None);

    private static RecurringBinding Binding(string id) => new()
    {
        Id = id, Plugin = "test", Source = "test", Schedule = null, Create = _ => throw new InvalidOperationException("It is not run here."),
    };

    /// <summary>An engine that only notes what it is told.</summary>
    private sealed class NotingEngine : IJobEngine
    {
        public string Name => "Noting";

        public List<IReadOnlyList<RecurringEntry>> Told { get; } = [];

        public Exception? Fault { get; set; }

        public IEnumerable<string> FaultsInSettings() => [];

        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task PauseAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task EnqueueAsync(EngineTicket ticket, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task CancelAsync(string ticketId, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task<IReadOnlyList<EngineEntry>> ListAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<EngineEntry>>([]);

        public Task SetRecurringAsync(IReadOnlyList<RecurringEntry> entries, CancellationToken cancellationToken)
        {
            if (Fault is not null)
            {
                throw Fault;
            }

            Told.Add(entries);
            return Task.CompletedTask;
        }
    }
}
