namespace Flatfile.Spaces.Tests.Auth.Walk;

internal enum WalkSort
{
    Nobody,
    Publishable,
    Guest,
    User,
    Secret,
    Account,
}
