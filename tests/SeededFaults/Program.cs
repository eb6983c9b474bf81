using System.Reflection;
using Flatfile.Agent;
using Flatfile.Agent.Core.Jobs;
using Flatfile.Agent.Core.Plugins;
using Flatfile.Agent.Core.Startup;
using Flatfile.Agent.Core.Store;
using Flatfile.Agent.Drivers.RabbitMq;
using Flatfile.Agent.Jobs.Quartz;
using Flatfile.Agent.Store.PostgreSql;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using SeededFaults;

// The agent with one fault put in on purpose: the checkers must find it. Usage: as the host, with SEEDED_FAULT in the environment.
var fault = Environment.GetEnvironmentVariable("SEEDED_FAULT");
var builder = Host.CreateApplicationBuilder();
var way = fault switch
{
    "no fence" => LinkFault.NoFence,
    "double complete" => LinkFault.EndTwice,
    "checkpoint before write" => LinkFault.AnswerFirst,
    _ => LinkFault.None,
};
await using var link = way == LinkFault.None ? null : new FaultyLink(new Uri(builder.Configuration["Agent:Flatfile:ApiUrl"]!), way);
if (link is not null)
{
    await link.StartAsync();
    builder.Configuration["Agent:Flatfile:ApiUrl"] = link.Address;
}

builder.Services.AddAgent(builder.Configuration, options => options.DataFolder = Path.Combine(args[Array.IndexOf(args, "--data") + 1], "agent"));
builder.Services.AddPlugins(plugins => plugins.BuiltIn.Add(("Flatfile.Agent.Handlers", Assembly.Load("Flatfile.Agent.Handlers"))));
builder.Services.AddQuartzEngine();
builder.Services.AddPostgresStore(builder.Configuration);
builder.Services.AddRabbitMqDriver(builder.Configuration);
switch (fault)
{
    case "none" or "double complete" or "checkpoint before write":
        break;
    case "settle before effect":
        builder.Services.Wrap<IEventDriver>(driver => new SettlesFirst(driver));
        break;
    case "inbox skipped":
        builder.Services.Replace(ServiceDescriptor.Singleton<IInbox, ForgetfulInbox>());
        break;
    case "lane ignored":
        builder.Services.Wrap<IEventDriver>(driver => new EveryEventItsOwnLane(driver));
        break;
    case "no fence":
        builder.Services.Wrap<ITicketStore>(FaultyTickets.AlwaysRenews);
        break;
    case "no recovery":
        builder.Services.Wrap<ITicketStore>(FaultyTickets.NeverRecovers);
        break;
    default:
        Console.Error.WriteLine($"No fault is named '{fault}'.");
        return 2;
}

await builder.Build().RunAsync();
return 0;
