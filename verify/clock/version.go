package clock

// Version names the method; it changes with every change of what [Apply] adds.
const Version = "clock-1"
