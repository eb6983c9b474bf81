namespace Flatfile.Agent.Host.Operating;

/// <summary>A plugin with its versions.</summary>
/// <param name="Name">Its folder's name.</param>
/// <param name="Version">What is in force; null when nothing is.</param>
/// <param name="State"><c>loaded</c> or <c>refused</c>.</param>
/// <param name="Reason">Why it is refused.</param>
/// <param name="Notice">That the folder holds something else than what runs, such as an update that was refused; null when it does not.</param>
/// <param name="Warnings">What is odd about it.</param>
/// <param name="Since">When it came into force.</param>
/// <param name="Earlier">What can be gone back to, the latest first.</param>
/// <param name="Draining">Replaced versions that still have work.</param>
internal sealed record PluginDetail(
    string Name, string? Version, string State, string? Reason, string? Notice, IReadOnlyList<string> Warnings, DateTimeOffset? Since, IReadOnlyList<string> Earlier, IReadOnlyList<string> Draining);
