using Flatfile.Agent;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Core.Tests.Plugins.Services;

/// <summary>Classes of a plugin with services of its own, good and bad ones.</summary>
public static class Own
{
    public sealed class Store : IDisposable
    {
        public int Disposed { get; private set; }

        public void Dispose() => Disposed++;
    }

    public sealed class Visit(Store store, HostThing host, IConfiguration settings) : IDisposable
    {
        public Store Store { get; } = store;

        public HostThing Host { get; } = host;

        public string? Greeting { get; } = settings["greeting"];

        public bool IsDisposed { get; private set; }

        public void Dispose() => IsDisposed = true;
    }

    public sealed class HostThing : IDisposable
    {
        public bool IsDisposed { get; private set; }

        public void Dispose() => IsDisposed = true;
    }

    public sealed class ScopedThing;

    public sealed class Named
    {
        public string Name { get; set; } = "unset";
    }

    public sealed class Services : IPluginServices
    {
        public void ConfigureServices(IServiceCollection services, IConfiguration settings)
        {
            services.AddSingleton<Store>();
            services.AddScoped<Visit>();
            services.Configure<Named>(settings);
            services.AddKeyedSingleton("spare", (s, _) => new Store());
            services.AddSingleton(s => new Uri($"https://{s.GetRequiredService<IConfiguration>()["greeting"]}.example"));
        }
    }

    [On("a")]
    public sealed class Handler(
        Visit visit, Store store, ScopedThing scoped, IOptions<Named> named, Uri uri, [FromKeyedServices("spare")] Store spare, IServiceScopeFactory scopes) : IEventHandler
    {
        public Visit Visit { get; } = visit;

        public Store Store { get; } = store;

        public ScopedThing Scoped { get; } = scoped;

        public string Named { get; } = named.Value.Name;

        public Uri Uri { get; } = uri;

        public Store Spare { get; } = spare;

        public IServiceScopeFactory Scopes { get; } = scopes;

        public Task HandleAsync(EventContext context, CancellationToken cancellationToken) => Task.CompletedTask;
    }

    public sealed class Hen(Egg egg)
    {
        public Egg Egg { get; } = egg;
    }

    public sealed class Egg(Hen hen)
    {
        public Hen Hen { get; } = hen;
    }

    public sealed class Keeper(ScopedThing thing)
    {
        public ScopedThing Thing { get; } = thing;
    }

    public sealed class Circular : IPluginServices
    {
        public void ConfigureServices(IServiceCollection services, IConfiguration settings) => services.AddSingleton<Hen>().AddSingleton<Egg>();
    }

    public sealed class Keeping : IPluginServices
    {
        public void ConfigureServices(IServiceCollection services, IConfiguration settings) => services.AddSingleton<Keeper>();
    }

    public sealed class WithHttp : IPluginServices
    {
        public void ConfigureServices(IServiceCollection services, IConfiguration settings) =>
            services.AddHttpClient("own", client => client.BaseAddress = new Uri("https://own.example"));
    }

    [On("a")]
    public sealed class Caller(IHttpClientFactory clients) : IEventHandler
    {
        public Uri? Address { get; } = clients.CreateClient("own").BaseAddress;

        public Task HandleAsync(EventContext context, CancellationToken cancellationToken) => Task.CompletedTask;
    }

    public sealed class Throwing : IPluginServices
    {
        public void ConfigureServices(IServiceCollection services, IConfiguration settings) => throw new FormatException("Not like this.");
    }

    public sealed class Choosy(HostThing thing) : IPluginServices
    {
        public HostThing Thing { get; } = thing;

        public void ConfigureServices(IServiceCollection services, IConfiguration settings)
        {
        }
    }
}
