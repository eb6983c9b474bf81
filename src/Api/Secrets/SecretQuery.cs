namespace Flatfile.Api;

/// <summary>Which secrets.</summary>
public sealed record SecretQuery
{
    public string? EnvironmentId { get; init; }

    public string? SpaceId { get; init; }

    public string? ActorId { get; init; }

    internal ApiQuery ToQuery() =>
        new ApiQuery()
            .Add("environmentId", EnvironmentId)
            .Add("spaceId", SpaceId)
            .Add("actorId", ActorId);
}
