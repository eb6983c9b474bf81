using Flatfile.Spaces.Auth;
using Flatfile.Spaces.Auth.Access;
using Flatfile.Spaces.Auth.Guests;
using Flatfile.Spaces.Auth.Invitations;
using Flatfile.Spaces.Auth.Roles;
using Flatfile.Spaces.Auth.Users;
using Flatfile.Spaces.Documents;
using Flatfile.Spaces.Events;
using Flatfile.Spaces.Files;
using Flatfile.Spaces.Hosting;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Jobs;
using Flatfile.Spaces.Records.Bulk;
using Flatfile.Spaces.Resources;
using Flatfile.Spaces.Secrets;
using Flatfile.Spaces.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Flatfile.Spaces;

/// <summary>Puts a local Flatfile into a web application.</summary>
public static class SpacesRegistration
{
    private const int LongestRequestLine = 512 * 1024;

    /// <summary>Adds Spaces. It starts with the host, which fails with a <see cref="SpacesStartException"/> when the data folder cannot be used.</summary>
    public static IServiceCollection AddSpaces(this IServiceCollection services, Action<SpacesOptions> configure)
    {
        var options = new SpacesOptions();
        configure(options);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options);

        // The official client names records in the address, and the dedupe plugin all doubles of a sheet at once.
        services.Configure<KestrelServerOptions>(kestrel => kestrel.Limits.MaxRequestLineSize = LongestRequestLine);

        // The web server's own words on each request hold its query, where clients put tokens and keys. The gate says the same without.
        services.Configure<LoggerFilterOptions>(filter => filter.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning));
        services.AddSingleton<DataFolder>();
        services.AddSingleton<FolderLock>();
        services.AddSingleton<CentralStore>();
        services.AddSingleton<SpaceShelf>();
        services.AddSingleton<SpaceRegistry>();
        services.AddSingleton<EventRelay>();
        services.AddSingleton<EventLog>();
        services.AddSingleton<ISpacesEventLog>(provider => provider.GetRequiredService<EventLog>());
        services.AddSingleton<EventReader>();
        services.AddSingleton<EventFollowing>();
        services.AddSingleton<EventPruning>();
        services.AddSingleton<KeyRing>();
        services.AddSingleton<TokenSecret>();
        services.AddSingleton<SignedToken>();
        services.AddSingleton<Reach>();
        services.AddSingleton<PublishableKey>();
        services.AddSingleton<AccessTokens>();
        services.AddSingleton<PersonalTokens>();
        services.AddSingleton<AccessDecisions>();
        services.AddSingleton<SpaceAdmission>();
        services.AddSingleton<Jobs.RunFenceGate>();
        services.AddSingleton<Attempts>();
        services.AddSingleton<RoleGiving>();
        services.AddSingleton<GuestNotices>();
        services.AddSingleton<GuestTokens>();
        services.AddSingleton<InvitationLinks>();
        services.TryAddSingleton<IInvitationSender, MailDrop>();
        services.AddSingleton<Gatekeeper>();
        services.AddSingleton<SpacesAccess>();
        services.AddSingleton<ISpacesAccess>(provider => provider.GetRequiredService<SpacesAccess>());
        services.AddSingleton<FileSpool>();
        services.AddSingleton<FileKeeping>();
        services.AddSingleton<FileSweep>();
        services.AddSingleton<Exchange.ExchangeFolder>();
        services.AddSingleton<Exchange.SpaceExport>();
        services.AddSingleton<Exchange.SpaceImport>();
        services.AddSingleton<StartSweep>();
        services.AddSingleton<ISystemJob, DeleteRecordsJob>();
        services.AddSingleton<ISystemJob>(provider => new ExportJob("sheet", provider.GetRequiredService<FileSpool>()));
        services.AddSingleton<ISystemJob>(provider => new ExportJob("workbook", provider.GetRequiredService<FileSpool>()));
        services.AddSingleton<ISystemJob>(new FindReplaceJob("sheet"));
        services.AddSingleton<ISystemJob>(new FindReplaceJob("workbook"));
        services.AddSingleton<ISystemJob>(new MutateRecordsJob("sheet"));
        services.AddSingleton<ISystemJob>(new MutateRecordsJob("workbook"));
        services.AddSingleton<ISystemJob, Jobs.Plans.MapJob>();
        services.AddSingleton<JobListing>();
        services.AddSingleton<SystemJobs>();
        services.AddSingleton<SystemJobRunner>();
        services.AddHostedService<SpacesHost>();
        services.AddSingleton<GuestExpiry>();
        services.AddHostedService(provider => provider.GetRequiredService<GuestExpiry>());
        services.AddSingleton<Retention.RetentionKeeping>();
        services.AddHostedService(provider => provider.GetRequiredService<Retention.RetentionKeeping>());
        services.AddSingleton<CronTopics>();
        services.AddHostedService(provider => provider.GetRequiredService<CronTopics>());
        services.AddSingleton<BodyRoom>();
        services.AddSingleton<ApiGate>();
        services.AddCors();
        services.AddSingleton<IStartupFilter, PathFolding>();
        services.AddSingleton<IStartupFilter, ForeignPages>();
        AddEndpoints(services);
        return services;
    }

    /// <summary>Maps the API below <c>/v1</c> (and <c>/api/v1</c>).</summary>
    public static IEndpointRouteBuilder MapSpaces(this IEndpointRouteBuilder app)
    {
        var routes = new ApiRoutes(app, app.ServiceProvider.GetRequiredService<ApiGate>());
        foreach (var endpoints in app.ServiceProvider.GetServices<IEndpoints>())
        {
            endpoints.Map(routes);
        }

        routes.MapRest();
        return app;
    }

    /// <summary>One line per resource.</summary>
    private static void AddEndpoints(IServiceCollection services)
    {
        services.AddStoredResources();
        services.AddSingleton<IEndpoints, Accounts.AccountEndpoints>();
        services.AddSingleton<IEndpoints, Environments.EnvironmentEndpoints>();
        services.AddSingleton<IEndpoints, KeyEndpoints>();
        services.AddSingleton<IEndpoints, SignInEndpoints>();
        services.AddSingleton<IEndpoints, UserEndpoints>();
        services.AddSingleton<IEndpoints, GuestEndpoints>();
        services.AddSingleton<IEndpoints, InvitationEndpoints>();
        services.AddSingleton<IEndpoints, RoleEndpoints>();
        services.AddSingleton<IEndpoints, Spaces.SpaceEndpoints>();
        services.AddSingleton<IEndpoints, Spaces.MemberEndpoints>();
        services.AddSingleton<IEndpoints, Spaces.EmbeddingEndpoints>();
        services.AddSingleton<Spaces.SpaceLinks>();
        services.AddSingleton<IEndpoints, Exchange.ExchangeEndpoints>();
        services.AddSingleton<IEndpoints, Usage.UsageEndpoints>();
        services.AddSingleton<IEndpoints, Retention.RetentionEndpoints>();
        services.AddSingleton<IEndpoints, Workbooks.WorkbookEndpoints>();
        services.AddSingleton<IEndpoints, Sheets.SheetEndpoints>();
        services.AddSingleton<IEndpoints, Sheets.ValidationEndpoints>();
        services.AddSingleton<IEndpoints, Jobs.JobEndpoints>();
        services.AddSingleton<IEndpoints, Jobs.Plans.PlanEndpoints>();
        services.AddSingleton<Records.EventSelection>();
        services.AddSingleton<Records.SoughtIndexMaker>();
        services.AddHostedService(provider => provider.GetRequiredService<Records.SoughtIndexMaker>());
        services.AddSingleton<IEndpoints, Records.RecordReadEndpoints>();
        services.AddSingleton<IEndpoints, Records.RecordLineEndpoints>();
        services.AddSingleton<IEndpoints, Records.RecordChangeEndpoints>();
        services.AddSingleton<IEndpoints, Records.CommitEndpoints>();
        services.AddSingleton<IEndpoints, BulkChangeEndpoints>();
        services.AddSingleton<IEndpoints, Records.Lines.LineWriteEndpoints>();
        services.AddSingleton<IEndpoints, Snapshots.SnapshotEndpoints>();
        services.AddSingleton<IEndpoints, Views.ViewEndpoints>();
        services.AddSingleton<IEndpoints, FileEndpoints>();
        services.AddSingleton<IEndpoints, DocumentEndpoints>();
        services.AddSingleton<IEndpoints, SecretEndpoints>();
        services.AddSingleton<IEndpoints, EventEndpoints>();
        services.AddSingleton<IEndpoints, EventStreamEndpoints>();
        services.AddSingleton<IEndpoints, SubscriptionEndpoints>();
        services.AddSingleton<IEndpoints, PubNubEndpoints>();
        services.AddSingleton<Spaces.SpaceBirth>();
        services.AddSingleton<Spaces.SpaceCreation>();
        services.AddSingleton<Spaces.SpaceDeletion>();
    }
}
