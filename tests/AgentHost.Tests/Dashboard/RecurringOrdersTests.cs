using System.Net;
using AgentHost.Tests.Support;
using Flatfile.Agent.Host.Dashboard.Access;
using Flatfile.Agent.Host.Dashboard.Orders;
using Flatfile.Agent.Host.Dashboard.Recurring;
using Flatfile.Agent.Host.Operating;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace AgentHost.Tests.Dashboard;

/// <summary>Orders to recurring work, whose names hold slashes, reach it by its whole name.</summary>
public sealed class RecurringOrdersTests : IAsyncLifetime
{
    private const string Work = "Cleanup/Old spaces & more?";

    private readonly OneWork _view = new(Work);
    private readonly string _url = "http://127.0.0.1:" + FreePort.Next();
    private readonly IHost _host;

    public RecurringOrdersTests()
    {
        var orders = new OrderEndpoints(null!, null!, [_view], NullLogger<OrderEndpoints>.Instance);
        _host = new HostBuilder().ConfigureServices(s => s.AddRouting()).ConfigureWebHost(web => web.UseKestrel().UseUrls(_url).Configure(app =>
        {
            app.Use(next => async http =>
            {
                http.Features.Set(new Visitor("anna", DashboardRole.Operator, true));
                try
                {
                    await next(http);
                }
                catch (OperatorFault fault)
                {
                    http.Response.StatusCode = fault.Status;
                    await http.Response.WriteAsync(fault.Why);
                }
            });
            app.UseRouting().UseEndpoints(endpoints => orders.Map(endpoints));
        })).Build();
    }

    public Task InitializeAsync() => _host.StartAsync();

    public async Task DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }

    [Fact]
    public async Task TheyReachItByItsWholeNameAndSayWhatBecameOfThem()
    {
        using var browser = new Browser(_url);
        foreach (var order in (string[])["run", "pause"])
        {
            var answer = await browser.PostRawAsync($"/recurring/{order}?name={Uri.EscapeDataString(Work)}");
            Assert.Equal((HttpStatusCode.SeeOther, $"/agent?done={order}#recurring"), (answer.StatusCode, answer.Headers.Location!.OriginalString));
        }

        var refused = await browser.PostRawAsync($"/recurring/resume?name={Uri.EscapeDataString(Work)}");
        Assert.Equal((HttpStatusCode.Conflict, "The settings pause it."), (refused.StatusCode, await refused.Content.ReadAsStringAsync()));
        Assert.Equal(HttpStatusCode.NotFound, (await browser.PostRawAsync("/recurring/run?name=Cleanup")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.PostRawAsync("/recurring/run")).StatusCode);
        Assert.Equal(["run", "pause"], _view.Done);
    }

    /// <summary>Knows one piece of work, which the settings keep paused.</summary>
    private sealed class OneWork(string work) : IRecurringView
    {
        public List<string> Done { get; } = [];

        public Task<IReadOnlyList<RecurringRow>> ListAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<RecurringRow>>([]);

        public Task<bool> RunNowAsync(string name, CancellationToken cancellationToken) => Task.FromResult(Do(name, "run"));

        public Task<bool> PauseAsync(string name, CancellationToken cancellationToken) => Task.FromResult(Do(name, "pause"));

        public Task<bool> ResumeAsync(string name, CancellationToken cancellationToken) => throw new InvalidOperationException("The settings pause it.");

        private bool Do(string name, string order)
        {
            if (name == work)
            {
                Done.Add(order);
            }

            return name == work;
        }
    }
}
