namespace Flatfile.Spaces.Retention;

/// <summary>A space whose data goes.</summary>
/// <param name="Space">Its number.</param>
/// <param name="Environment">Its environment.</param>
/// <param name="SpaceId">Its id.</param>
/// <param name="Name">For people.</param>
/// <param name="At">When.</param>
/// <param name="Rule">By which policy.</param>
internal sealed record RetentionDue(long Space, string Environment, string SpaceId, string? Name, DateTimeOffset At, RetentionRule Rule);
