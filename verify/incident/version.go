package incident

// Version names the method and its weights: incidents of another one are made
// anew.
const Version = version
