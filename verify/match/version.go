package match

// Version names the search: matches of another one are made anew. Raise it
// with every change that can alter a match or a cluster.
const Version = "moments-6"
