package sandbox

import (
	"errors"
	"os"
	"os/exec"
	"syscall"
	"time"
	"unsafe"

	"golang.org/x/sys/windows"
)

// fence is what the system holds for a worker: a job object, which ends its
// processes when the program does.
type fence struct{ job, process windows.Handle }

func prepare(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{HideWindow: true, CreationFlags: windows.CREATE_NO_WINDOW}
}

// enclose puts the process into a job with a memory limit. It has done nothing
// yet: it waits for the first call.
func enclose(p *os.Process, l Limits) (fence, error) {
	job, err := windows.CreateJobObject(nil, nil)
	if err != nil {
		return fence{}, err
	}
	var info windows.JOBOBJECT_EXTENDED_LIMIT_INFORMATION
	info.BasicLimitInformation.LimitFlags = windows.JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE |
		windows.JOB_OBJECT_LIMIT_DIE_ON_UNHANDLED_EXCEPTION |
		windows.JOB_OBJECT_LIMIT_ACTIVE_PROCESS | windows.JOB_OBJECT_LIMIT_PROCESS_MEMORY
	info.BasicLimitInformation.ActiveProcessLimit = 1
	info.ProcessMemoryLimit = uintptr(min(l.AddressSpace, 1<<31-1))
	_, err = windows.SetInformationJobObject(job, windows.JobObjectExtendedLimitInformation,
		uintptr(unsafe.Pointer(&info)), uint32(unsafe.Sizeof(info)))
	if err != nil {
		return fence{}, errors.Join(err, windows.CloseHandle(job))
	}
	const rights = windows.PROCESS_SET_QUOTA | windows.PROCESS_TERMINATE | windows.PROCESS_QUERY_LIMITED_INFORMATION
	process, err := windows.OpenProcess(rights, false, uint32(p.Pid))
	if err != nil {
		return fence{}, errors.Join(err, windows.CloseHandle(job))
	}
	f := fence{job: job, process: process}
	if err := windows.AssignProcessToJobObject(job, process); err != nil {
		f.close()
		return fence{}, err
	}
	return f, nil
}

func (f fence) kill(p *os.Process) {
	if f.job != 0 {
		_ = windows.TerminateJobObject(f.job, 1) // gone already is as good
	}
	_ = p.Kill()
}

func (f fence) close() {
	if f.job != 0 {
		windows.CloseHandle(f.process)
		windows.CloseHandle(f.job)
	}
}

// usage returns the CPU time of a process. Its memory is the job's business.
func usage(_ *os.Process, f fence) (time.Duration, int64, error) {
	var created, exited, kernel, user windows.Filetime
	if f.process == 0 {
		return 0, 0, errors.ErrUnsupported
	}
	if err := windows.GetProcessTimes(f.process, &created, &exited, &kernel, &user); err != nil {
		return 0, 0, err
	}
	ticks := int64(kernel.HighDateTime)<<32 + int64(kernel.LowDateTime) +
		int64(user.HighDateTime)<<32 + int64(user.LowDateTime) // of 100 ns
	return time.Duration(ticks * 100), 0, nil
}

// limitCPU does nothing here: the program watches the CPU time from outside.
func limitCPU(time.Duration) {}

// confine has nothing to add to the job that the program put the worker in.
func confine(Limits) ([]string, error) { return []string{"job"}, nil }

// seal has nothing to take away.
func seal() {}
